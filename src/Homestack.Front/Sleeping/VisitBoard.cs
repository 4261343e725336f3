using Homestack.Collections;
using Homestack.Fronts;

namespace Homestack.Front.Sleeping;

/// <summary>The services that sleep: who visits each, who waits for it, and the engine's long question about that.</summary>
/// <remarks>Outlives the worlds that name them, so that a new snapshot forgets no visit.</remarks>
internal sealed class VisitBoard(TimeProvider clock)
{
    /// <summary>Visitors who may wait for services that are being started, in all.</summary>
    public const int MostWaiting = 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, VisitMeter> meters = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Service, int Port, bool IsUdp), Sleeper> sleepers = [];

    /// <summary>A front that starts anew does not begin where the one before began: the engine sees that it is another.</summary>
    private long number = clock.GetTimestamp();

    private TaskCompletionSource news = New();
    private bool isClosed;
    private int waiting;

    /// <summary>The same one for the same port, in whichever world.</summary>
    /// <param name="service"><c>stack/name</c>.</param>
    /// <param name="port">In its containers.</param>
    /// <param name="isUdp">Datagrams: nobody can ask whether it listens.</param>
    public Sleeper Of(string service, int port, bool isUdp)
    {
        lock (gate)
        {
            if (!meters.TryGetValue(service, out var meter))
            {
                meters.Add(service, meter = new(service, clock, Tell));
            }

            if (!sleepers.TryGetValue((service, port, isUdp), out var sleeper))
            {
                sleepers.Add((service, port, isUdp), sleeper = new(meter, this, clock, isUdp));
            }

            return sleeper;
        }
    }

    /// <summary>A world is served now: these sleep, and their containers are there. What else there was is forgotten.</summary>
    public void Serve(IReadOnlyList<SleepingPlace> places)
    {
        var kept = places.Select(place => place.Sleeper).ToHashSet();
        lock (gate)
        {
            foreach (var gone in sleepers.Where(sleeper => !kept.Contains(sleeper.Value)).ToArray())
            {
                sleepers.Remove(gone.Key);
            }

            foreach (var gone in meters.Keys.Except(sleepers.Keys.Select(key => key.Service)).ToArray())
            {
                meters.Remove(gone);
            }
        }

        foreach (var place in places)
        {
            place.Sleeper.Serve(place.Destinations);
        }
    }

    /// <summary>How it is, at once when the number is another, else after the wait or the next news.</summary>
    /// <param name="after">Number of the report that is known.</param>
    /// <param name="wait">Most.</param>
    /// <param name="cancellationToken">Whoever asked went away.</param>
    public async Task<VisitsReport> ReportAsync(long after, TimeSpan wait, CancellationToken cancellationToken)
    {
        Task heard;
        lock (gate)
        {
            heard = isClosed || number != after ? Task.CompletedTask : news.Task;
        }

        try
        {
            await heard.WaitAsync(wait, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // No news: who visits is told all the same.
        }

        lock (gate)
        {
            return new() { Number = number, Services = meters.Values.OrderBy(meter => meter.Service, StringComparer.Ordinal).Select(meter => meter.Report()).ToValueList() };
        }
    }

    /// <summary>The front ends: nobody waits for news any more.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            news.TrySetResult();
        }
    }

    /// <returns>False when too many wait.</returns>
    public bool TryWait()
    {
        if (Interlocked.Increment(ref waiting) <= MostWaiting)
        {
            return true;
        }

        Interlocked.Decrement(ref waiting);
        return false;
    }

    public void EndWait() => Interlocked.Decrement(ref waiting);

    private void Tell()
    {
        lock (gate)
        {
            number++;
            news.TrySetResult();
            news = isClosed ? news : New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
