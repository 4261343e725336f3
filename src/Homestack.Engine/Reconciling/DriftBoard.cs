using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Homestack.Collections;
using Homestack.Homes;

namespace Homestack.Engine.Reconciling;

/// <summary>Holds the newest report and tells everyone who asked. One writer, any number of readers.</summary>
internal sealed class DriftBoard(TimeProvider clock, Action<string> log)
{
    /// <summary>A reader that does not keep up loses the oldest reports, never the newest.</summary>
    private const int QueueLength = 16, MostReaders = 32;

    private readonly Lock gate = new();
    private readonly List<Channel<DriftReport>> readers = [];

    public DriftReport Newest { get; private set; } = new(0, default, [], "");

    /// <summary>Reports, and logs what is new. The same again is no report.</summary>
    public void Post(ValueList<string> drift, string problem)
    {
        lock (gate)
        {
            if (Newest.Number > 0 && Newest.Drift.Equals(drift) && Newest.Problem == problem)
            {
                return;
            }

            foreach (var line in drift.Except(Newest.Drift))
            {
                log($"drift: {line}");
            }

            foreach (var line in Newest.Drift.Except(drift))
            {
                log($"as it should be again: {line}");
            }

            if (problem != Newest.Problem)
            {
                log(problem.Length > 0 ? $"problem: {problem}" : $"no longer a problem: {Newest.Problem}");
            }

            Newest = new(Newest.Number + 1, clock.GetUtcNow(), drift, problem);
            foreach (var reader in readers)
            {
                reader.Writer.TryWrite(Newest);
            }
        }
    }

    /// <summary>The newest report, when there is one, and every later one.</summary>
    public async IAsyncEnumerable<DriftReport> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = Channel.CreateBounded<DriftReport>(new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            if (readers.Count >= MostReaders)
            {
                yield break;
            }

            readers.Add(reader);
            if (Newest.Number > 0)
            {
                reader.Writer.TryWrite(Newest);
            }
        }

        try
        {
            await foreach (var report in reader.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return report;
            }
        }
        finally
        {
            lock (gate)
            {
                readers.Remove(reader);
            }
        }
    }
}
