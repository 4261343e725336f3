using System.Net;
using Homestack.NameServer.Clients;
using Homestack.NameServer.Resolution;
using Homestack.NameServer.Wire;
using Homestack.NameServer.Zones;

namespace Homestack.NameServer;

/// <summary>Answers questions from the snapshot it holds. Safe for any number of threads.</summary>
public sealed class NameEngine : IDisposable
{
    /// <summary>Header, question and the longest chain of aliases in our zones fit into it.</summary>
    private const int MaxAliasBytes = 4096;

    /// <summary>An answer over UDP to a client without a cookie is at most so many times as long as its question.</summary>
    private const int MaxAmplification = 8;

    private readonly NameEngineOptions options;
    private readonly Counters counters = new();
    private readonly QueryLog log;
    private readonly RateLimiter? limiter;
    private readonly RateLimiter? strangers;
    private readonly ServerCookies cookies;
    private readonly Lock swapping = new();
    private volatile ServingWorld world;
    private int slips;

    /// <summary>Refuses everybody until the first <see cref="Swap"/>.</summary>
    public NameEngine(NameEngineOptions? options = null)
    {
        this.options = options ?? new NameEngineOptions();
        log = new QueryLog(this.options.QueryLogEntries, this.options.Time);
        limiter = this.options.RateLimit is { } limit ? new RateLimiter(limit, this.options.Time) : null;
        strangers = this.options.StrangerLimit is { } few ? new RateLimiter(few, this.options.Time) : null;
        cookies = new ServerCookies(this.options.Time);
        world = ServingWorld.Compile(new NameSnapshot(), this.options, null);
    }

    public NameStatistics Statistics => counters.Read();

    /// <summary>The last questions, newest first.</summary>
    public IReadOnlyList<LoggedQuery> RecentQueries(int count) => log.Read(count, world.Snapshot.Views);

    /// <summary>Prepares the new world completely, then answers from it. Questions that run finish in the old one.</summary>
    /// <exception cref="ArgumentException">The snapshot cannot be served; the old one stays.</exception>
    public void Swap(NameSnapshot snapshot)
    {
        lock (swapping)
        {
            var old = world;
            world = ServingWorld.Compile(snapshot, options, old);
            if (Keeps(snapshot.Log) < Keeps(old.Snapshot.Log))
            {
                log.Clear();
            }

            if (world.Resolver != old.Resolver)
            {
                _ = RetireAsync(old.Resolver);
            }
        }
    }

    /// <param name="query">One message, without the length that TCP has before it.</param>
    /// <param name="output">At least 1,232 bytes for UDP; for TCP 65,535, or what does not fit is truncated.</param>
    /// <returns>Bytes of the answer; 0: no answer is to be sent.</returns>
    public ValueTask<int> AnswerAsync(ReadOnlyMemory<byte> query, IPEndPoint client, bool isTcp, Memory<byte> output, CancellationToken cancellationToken)
    {
        var address = ClientAddress.From(client.Address);
        return TryAnswer(query.Span, address, isTcp, output.Span, out var length)
            ? new ValueTask<int>(length)
            : new ValueTask<int>(ForwardAsync(query, address, isTcp, output, cancellationToken));
    }

    public void Dispose() => world.Resolver.Dispose();

    /// <summary>Answers what needs no upstream; allocates nothing.</summary>
    /// <returns>False: call <see cref="ForwardAsync"/>.</returns>
    internal bool TryAnswer(ReadOnlySpan<byte> packet, in ClientAddress client, bool isTcp, Span<byte> output, out int length)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var fault = QueryReader.Read(packet, name, out var query);
        length = 0;
        if (fault == QueryFault.Silent)
        {
            return true;
        }

        counters.Add(Counters.Count.Queries);
        name = name[..query.NameLength];
        var now = world;
        var view = now.Views.Find(client);
        Span<byte> cookie = stackalloc byte[ServerCookies.Length];
        var isKnown = Check(packet, query, client, ref cookie);
        var reply = new Reply(packet, query, Limit(packet, query, isTcp, isKnown), output, cookie);
        if (!isTcp && !MayAnswer(client, view, isKnown, out var mayCut))
        {
            length = Slip(mayCut, ref reply);
            return true;
        }

        var source = AnswerSource.Refused;
        if (fault != QueryFault.None)
        {
            counters.Add(Counters.Count.Malformed);
            reply.Code = fault switch
            {
                QueryFault.NotImplemented => ResponseCode.NotImplemented,
                QueryFault.BadVersion => ResponseCode.BadVersion,
                _ => ResponseCode.FormatError,
            };
            source = AnswerSource.None;
        }
        else if (view < 0 || query.Class != 1 || query.Type is RecordType.Axfr or RecordType.Ixfr or RecordType.Maila or RecordType.Mailb)
        {
            counters.Add(Counters.Count.Refused);
            reply.Code = ResponseCode.Refused;
        }
        else
        {
            source = AnswerKnown(now, view, client, name, query, ref reply);
            if (source == AnswerSource.Upstream)
            {
                return false;
            }
        }

        log.Write(now.Snapshot.Log, client, view, name, query.Type, reply.Code, source);
        length = reply.Finish();
        return true;
    }

    /// <summary>Answers with the help of an upstream.</summary>
    internal async Task<int> ForwardAsync(ReadOnlyMemory<byte> packet, ClientAddress client, bool isTcp, Memory<byte> output, CancellationToken cancellationToken)
    {
        var now = world;
        var (name, type, wantsDnssec) = Question(packet.Span, now, client);
        (CachedAnswer Answer, bool IsStale)? found = null;
        try
        {
            found = await now.Resolver.ResolveAsync(name, type, wantsDnssec, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The world was swapped meanwhile; the client asks again.
        }

        return Finish(packet.Span, now, client, isTcp, output.Span, name, found);
    }

    private static int Keeps(QueryLogLevel level) => level switch { QueryLogLevel.Off => 0, QueryLogLevel.Full => 2, _ => 1 };

    /// <summary>Lets the questions that run finish before the connections are closed.</summary>
    private async Task RetireAsync(Resolver resolver)
    {
        await Task.Delay(options.UpstreamTimeout * 4, options.Time);
        resolver.Dispose();
    }

    private AnswerSource AnswerKnown(ServingWorld now, int view, in ClientAddress client, ReadOnlySpan<byte> name, in Query query, ref Reply reply)
    {
        var offersRecursion = now.Snapshot.Views[view].IsRecursive && now.Resolver.CanAsk;
        reply.OffersRecursion = offersRecursion;
        var outcome = now.Zones[view].Answer(name, NameHash.Compute(name, 0), query.Type, ref reply, out var target);
        if (outcome == ZoneOutcome.Answered || (outcome == ZoneOutcome.LeavesZones && !(offersRecursion && query.WantsRecursion && now.Resolver.HasUpstreamFor(target))))
        {
            counters.Add(Counters.Count.Zones);
            return AnswerSource.Zone;
        }

        if (outcome == ZoneOutcome.LeavesZones)
        {
            return AnswerSource.Upstream;
        }

        if (!offersRecursion || !now.Resolver.HasUpstreamFor(name))
        {
            counters.Add(Counters.Count.Refused);
            reply.Code = ResponseCode.Refused;
            return AnswerSource.Refused;
        }

        if (now.Blocklists.IsBlocked(view, client, name) && !now.Resolver.IsForwarded(name))
        {
            counters.Add(Counters.Count.Blocked);
            FixedAnswers.WriteBlocked(ref reply);
            return AnswerSource.Blocklist;
        }

        if (query.Type == RecordType.Any)
        {
            counters.Add(Counters.Count.Forwarded);
            FixedAnswers.WriteAny(ref reply);
            return AnswerSource.Cache;
        }

        if (now.Resolver.FindFresh(name, query.Type, query.WantsDnssec, out var ageSeconds) is { } cached)
        {
            counters.Add(cached.Reply.Code == ResponseCode.ServerFailure ? Counters.Count.Failed : Counters.Count.Cache);
            cached.Write(ref reply, ageSeconds, isStale: false);
            reply.IsAuthentic = cached.Reply.IsAuthentic && (query.WantsAuthenticity || query.WantsDnssec);
            return AnswerSource.Cache;
        }

        // Without RD the client wants only what is known here (RFC 1034 §4.3.1).
        if (!query.WantsRecursion)
        {
            counters.Add(Counters.Count.Refused);
            reply.Code = ResponseCode.Refused;
            return AnswerSource.Refused;
        }

        return AnswerSource.Upstream;
    }

    /// <summary>What to ask the upstream: the question itself, or the end of a chain of aliases in our zones.</summary>
    private static (byte[] Name, RecordType Type, bool WantsDnssec) Question(ReadOnlySpan<byte> packet, ServingWorld now, in ClientAddress client)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        QueryReader.Read(packet, name, out var query);
        name = name[..query.NameLength];
        var ignored = new Reply(packet, query, MaxAliasBytes, stackalloc byte[MaxAliasBytes]);
        var view = now.Views.Find(client);
        return view >= 0 && now.Zones[view].Answer(name, NameHash.Compute(name, 0), query.Type, ref ignored, out var target) == ZoneOutcome.LeavesZones
            ? (target, query.Type, query.WantsDnssec)
            : (name.ToArray(), query.Type, query.WantsDnssec);
    }

    private int Finish(
        ReadOnlySpan<byte> packet, ServingWorld now, in ClientAddress client, bool isTcp, Span<byte> output, byte[] asked, (CachedAnswer Answer, bool IsStale)? found)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        QueryReader.Read(packet, name, out var query);
        name = name[..query.NameLength];
        var view = now.Views.Find(client);
        Span<byte> cookie = stackalloc byte[ServerCookies.Length];
        var isKnown = Check(packet, query, client, ref cookie);
        var reply = new Reply(packet, query, Limit(packet, query, isTcp, isKnown), output, cookie) { OffersRecursion = true };
        var source = AnswerSource.Upstream;
        if (view >= 0 && now.Zones[view].Answer(name, NameHash.Compute(name, 0), query.Type, ref reply, out _) == ZoneOutcome.Answered)
        {
            // The world was swapped after the look into it, and now the name is ours.
            return reply.Finish();
        }

        if (found is not var (answer, isStale))
        {
            counters.Add(Counters.Count.Failed);
            reply.Code = ResponseCode.ServerFailure;
            reply.IsAuthoritative = false;
        }
        else
        {
            source = isStale ? AnswerSource.Stale : AnswerSource.Upstream;
            counters.Add(isStale ? Counters.Count.Stale : Counters.Count.Forwarded);
            AliasEnd.Write(answer, asked, name, now.Resolver.Age(answer), isStale, ref reply);
            reply.IsAuthentic = !reply.IsAuthoritative && answer.Reply.IsAuthentic && !isStale && (query.WantsAuthenticity || query.WantsDnssec);
        }

        log.Write(now.Snapshot.Log, client, view, name, query.Type, reply.Code, source);
        return reply.Finish();
    }

    /// <summary>Makes the cookie to give.</summary>
    /// <param name="cookie">Its room; empty afterwards when the client sent none.</param>
    /// <returns>The client sent one of ours: it is where it says.</returns>
    private bool Check(ReadOnlySpan<byte> packet, in Query query, in ClientAddress client, ref Span<byte> cookie)
    {
        if (query.CookieLength == 0)
        {
            cookie = [];
            return false;
        }

        var given = packet.Slice(query.CookieStart, query.CookieLength);
        cookies.Write(given, client, cookie);
        return cookies.IsOurs(given, client);
    }

    /// <summary>Bytes of the answer: over UDP, to an address that may be forged, no more than eight times what came from there.</summary>
    private static int Limit(ReadOnlySpan<byte> packet, in Query query, bool isTcp, bool isKnown) =>
        isTcp ? ushort.MaxValue : isKnown ? query.Payload : Math.Min(query.Payload, packet.Length * MaxAmplification);

    /// <param name="mayCut">Whether to say at times that TCP goes on.</param>
    private bool MayAnswer(in ClientAddress client, int view, bool isKnown, out bool mayCut)
    {
        var bucket = view < 0 && !isKnown ? strangers : limiter;
        mayCut = bucket == limiter;
        return bucket is null || bucket.TryTake(client);
    }

    private int Slip(bool mayCut, ref Reply reply)
    {
        counters.Add(Counters.Count.Limited);
        reply.IsTruncated = true;
        return mayCut && (Interlocked.Increment(ref slips) & 1) == 0 ? reply.Finish() : 0;
    }
}
