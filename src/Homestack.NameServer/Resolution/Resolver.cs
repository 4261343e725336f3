using Homestack.NameServer.Upstreams;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Resolution;

/// <summary>Answers questions about names that are not ours: from the cache, else from the upstreams of the name.</summary>
/// <remarks>
/// Identical questions wait for one answer. An answer past its time is given when no upstream answers soon enough, up to a day after.
/// <para>Source: RFC 8767 §4, §5 (stale answers); RFC 5452 §5 (one outstanding question); RFC 9520 §3.2 (failures are remembered too).</para>
/// </remarks>
internal sealed class Resolver : IDisposable
{
    private static readonly TimeSpan MaxStale = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryStaleAfter = TimeSpan.FromSeconds(5);

    /// <summary>For so long a question that no upstream could answer is not asked again.</summary>
    private const uint FailureTtlSeconds = 5;
    private static readonly UpstreamReply Failure = new(ResponseCode.ServerFailure, false, [], [], FailureTtlSeconds);

    private readonly UpstreamGroup? others;
    private readonly (DnsName Domain, UpstreamGroup Group)[] forwards;
    private readonly AnswerCache cache;
    private readonly NameEngineOptions options;
    private readonly Dictionary<string, Task<CachedAnswer?>> outstanding = [];
    private readonly CancellationTokenSource end = new();

    public Resolver(IReadOnlyList<UpstreamAddress> upstreams, IReadOnlyList<ForwardRule> rules, NameEngineOptions options)
    {
        this.options = options;
        cache = new AnswerCache(options.CacheEntries);
        others = upstreams.Count == 0 ? null : new UpstreamGroup(upstreams, allowsPrivate: false, options);
        forwards = [.. rules.OrderByDescending(rule => rule.Domain.Wire.Length).Select(rule => (rule.Domain, new UpstreamGroup(rule.Upstreams, allowsPrivate: true, options)))];
    }

    public bool CanAsk => others is not null || forwards.Length > 0;

    /// <summary>A forward rule holds the name: no blocklist applies to it.</summary>
    public bool IsForwarded(ReadOnlySpan<byte> name)
    {
        foreach (var (domain, _) in forwards)
        {
            if (WireName.IsWithin(name, domain.Wire.Span))
            {
                return true;
            }
        }

        return false;
    }

    public bool HasUpstreamFor(ReadOnlySpan<byte> name) => others is not null || IsForwarded(name);

    /// <summary>A fresh answer from the cache; allocates nothing, except when it begins to renew one that is nearly over.</summary>
    public CachedAnswer? FindFresh(ReadOnlySpan<byte> name, RecordType type, bool wantsDnssec, out uint ageSeconds)
    {
        Span<byte> key = stackalloc byte[AnswerCache.MaxKeyLength];
        var answer = cache.Find(key[..AnswerCache.WriteKey(name, type, wantsDnssec, key)]);
        ageSeconds = answer is null ? 0 : Age(answer);
        if (answer is null || ageSeconds >= answer.Reply.TtlSeconds)
        {
            return null;
        }

        answer.WasUsed = true;
        if (answer.Reply.TtlSeconds >= 10 && ageSeconds > answer.Reply.TtlSeconds - (answer.Reply.TtlSeconds / 10) && answer.TryBeginRefresh())
        {
            _ = Outstanding(name.ToArray(), type, wantsDnssec);
        }

        return answer;
    }

    /// <returns>The answer and whether it is past its time; null when there is none.</returns>
    public async Task<(CachedAnswer Answer, bool IsStale)?> ResolveAsync(byte[] name, RecordType type, bool wantsDnssec, CancellationToken cancellationToken)
    {
        if (FindFresh(name, type, wantsDnssec, out _) is { } fresh)
        {
            return fresh.Reply.Code == ResponseCode.ServerFailure ? null : (fresh, false);
        }

        var old = FindOld(Key(name, type, wantsDnssec));
        if (old is not null && options.Time.GetTimestamp() < old.RetryAt)
        {
            return (old, true);
        }

        var asking = Outstanding(name, type, wantsDnssec);
        if (asking is null)
        {
            return old is null ? null : (old, true);
        }

        if (old is null)
        {
            return await asking.WaitAsync(cancellationToken) is { } answer ? (answer, false) : null;
        }

        var wait = Task.Delay(options.StaleAfter, options.Time, cancellationToken);
        if (await Task.WhenAny(asking, wait) == asking && await asking is { } renewed)
        {
            return (renewed, false);
        }

        old.RetryAt = options.Time.GetTimestamp() + (long)(RetryStaleAfter.TotalSeconds * options.Time.TimestampFrequency);
        return (old, true);
    }

    public uint Age(CachedAnswer answer) => (uint)Math.Min(uint.MaxValue, options.Time.GetElapsedTime(answer.StoredAt).TotalSeconds);

    public void Dispose()
    {
        end.Cancel();
        others?.Dispose();
        foreach (var (_, group) in forwards)
        {
            group.Dispose();
        }
    }

    private static byte[] Key(byte[] name, RecordType type, bool wantsDnssec)
    {
        var key = new byte[name.Length + 3];
        AnswerCache.WriteKey(name, type, wantsDnssec, key);
        return key;
    }

    /// <returns>An answer that may be given past its time; null when there is none.</returns>
    private CachedAnswer? FindOld(byte[] key) =>
        cache.Find(key) is { Reply.Code: not ResponseCode.ServerFailure } old && options.Time.GetElapsedTime(old.StoredAt) <= MaxStale + TimeSpan.FromSeconds(old.Reply.TtlSeconds) ? old : null;

    /// <returns>The one running question of that kind; null when too many run.</returns>
    private Task<CachedAnswer?>? Outstanding(byte[] name, RecordType type, bool wantsDnssec)
    {
        var key = Key(name, type, wantsDnssec);
        var text = Convert.ToHexString(key);
        lock (outstanding)
        {
            if (outstanding.TryGetValue(text, out var running) || outstanding.Count >= options.MaxOutstanding)
            {
                return running;
            }

            var asking = Task.Run(() => AskAsync(key, text, name, type, wantsDnssec), CancellationToken.None);
            outstanding[text] = asking;
            return asking;
        }
    }

    private async Task<CachedAnswer?> AskAsync(byte[] key, string text, byte[] name, RecordType type, bool wantsDnssec)
    {
        try
        {
            var group = Array.Find(forwards, forward => WireName.IsWithin(name, forward.Domain.Wire.Span)).Group ?? others;
            var reply = group is null ? null : await group.AskAsync(name, type, wantsDnssec, end.Token);
            var answer = reply is null ? null : CachedAnswer.Create(name, reply, options.Time.GetTimestamp());
            if (answer is not null && answer.Reply.TtlSeconds > 0)
            {
                cache.Store(key, answer);
            }
            else if (answer is null && !end.IsCancellationRequested && FindOld(key) is null && CachedAnswer.Create(name, Failure, options.Time.GetTimestamp()) is { } failure)
            {
                cache.Store(key, failure);
            }

            return answer;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            lock (outstanding)
            {
                outstanding.Remove(text);
            }
        }
    }
}
