using Homestack.NameServer.Resolution;

namespace Homestack.NameServer.Upstreams;

/// <summary>Servers that know the same names, in order of preference.</summary>
internal sealed class UpstreamGroup(IReadOnlyList<UpstreamAddress> addresses, bool allowsPrivate, NameEngineOptions options) : IDisposable
{
    private readonly IReadOnlyList<Upstream> upstreams = [.. addresses.Select(address => new Upstream(address, options))];

    /// <summary>Asks the first; when it fails or stays silent for a while, the next as well. The first good answer wins.</summary>
    /// <returns>Null when none of them gave one.</returns>
    public async Task<UpstreamReply?> AskAsync(byte[] name, RecordType type, bool wantsDnssec, CancellationToken cancellationToken)
    {
        // Sorting is stable: within the healthy and within the others the order of preference stays.
        var order = new Queue<Upstream>(upstreams.OrderBy(upstream => upstream.IsDown).Take(QuestionBudget.Most));
        var budget = new QuestionBudget(order.Count);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = new List<Task<UpstreamReply?>>();
        try
        {
            while (asked.Count > 0 || order.Count > 0)
            {
                if (order.TryDequeue(out var next) && budget.TryBegin(out var isLast))
                {
                    asked.Add(next.AskAsync(name, type, wantsDnssec, allowsPrivate, budget, isLast, enough.Token));
                }

                if (asked.Count > 0 && await NextAnswerAsync(asked, order.Count > 0, enough.Token) is { } reply)
                {
                    return reply;
                }
            }

            return null;
        }
        finally
        {
            await enough.CancelAsync();
        }
    }

    public void Dispose()
    {
        foreach (var upstream in upstreams)
        {
            upstream.Dispose();
        }
    }

    /// <returns>A good answer; null when the next server should be asked, or one of them failed.</returns>
    private async Task<UpstreamReply?> NextAnswerAsync(List<Task<UpstreamReply?>> asked, bool hasNext, CancellationToken cancellationToken)
    {
        var first = Task.WhenAny(asked);
        if (hasNext)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var delay = Task.Delay(options.NextUpstreamAfter, options.Time, waiting.Token);
            var isAnswered = await Task.WhenAny(first, delay) == first;
            await waiting.CancelAsync();
            if (!isAnswered)
            {
                return null;
            }
        }

        var done = await first;
        asked.Remove(done);
        return await done;
    }
}
