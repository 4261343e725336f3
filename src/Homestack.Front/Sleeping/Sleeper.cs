using System.Net;
using Homestack.Front.Machine;

namespace Homestack.Front.Sleeping;

/// <summary>One port of a service that sleeps: open when somebody there takes calls, and otherwise the place where visitors wait for that.</summary>
internal sealed class Sleeper(VisitMeter visits, VisitBoard board, TimeProvider clock, bool isUdp)
{
    /// <summary>Visitors who may wait here.</summary>
    public const int MostWaiting = 256;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromMilliseconds(500), Nobody = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private IPEndPoint[] destinations = [];
    private TaskCompletionSource opened = New(), changed = New();
    private volatile bool isOpen;
    private bool isLooking;
    private int waiting;

    public VisitMeter Visits => visits;

    /// <summary>Where its containers are now.</summary>
    public void Serve(IPEndPoint[] now)
    {
        lock (gate)
        {
            if (!now.AsSpan().SequenceEqual(destinations))
            {
                // Who takes no call yet is not open: an application may need its time after its container runs.
                isOpen = false;
                destinations = now;
                changed.TrySetResult();
                changed = New();
            }
        }

        visits.Serve(now.Length > 0);
        if (isUdp && now.Length > 0)
        {
            visits.Settle();
        }
    }

    /// <summary>Nobody took a call: it is not open any more.</summary>
    public void Doubt() => isOpen = false;

    /// <summary>Until it is open. Wakes it where that is needed.</summary>
    /// <param name="limit">Most; zero or less looks once.</param>
    /// <param name="cancellationToken">The visitor goes away, or the port is closed.</param>
    public async ValueTask<WaitEnd> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (isOpen)
        {
            return WaitEnd.Open;
        }

        if (limit <= TimeSpan.Zero)
        {
            return WaitEnd.NotYet;
        }

        if (!TryBegin(out var opening))
        {
            return WaitEnd.Crowded;
        }

        try
        {
            visits.Wish();
            await opening.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(false);
            return WaitEnd.Open;
        }
        catch (TimeoutException)
        {
            return WaitEnd.NotYet;
        }
        catch (OperationCanceledException)
        {
            return WaitEnd.Gone;
        }
        finally
        {
            board.EndWait();
            lock (gate)
            {
                waiting--;
            }
        }
    }

    private bool TryBegin(out Task opening)
    {
        lock (gate)
        {
            opening = opened.Task;
            if (waiting >= MostWaiting || !board.TryWait())
            {
                return false;
            }

            waiting++;
            if (!isLooking)
            {
                isLooking = true;
                _ = LookAsync();
            }

            return true;
        }
    }

    /// <summary>One look for all who wait, until it is open or nobody waits.</summary>
    private async Task LookAsync()
    {
        var pause = FirstPause;
        while (true)
        {
            IPEndPoint[] there;
            Task change;
            lock (gate)
            {
                if (waiting == 0)
                {
                    isLooking = false;
                    return;
                }

                (there, change) = (destinations, changed.Task);
            }

            if (await TakesCallsAsync(there).ConfigureAwait(false) && TryOpen(there))
            {
                return;
            }

            try
            {
                await change.WaitAsync(there.Length == 0 ? Nobody : pause, clock).ConfigureAwait(false);
                pause = FirstPause;
            }
            catch (TimeoutException)
            {
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task<bool> TakesCallsAsync(IPEndPoint[] there)
    {
        foreach (var destination in there)
        {
            if (isUdp || await PortProbe.TakesCallsAsync(destination).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryOpen(IPEndPoint[] there)
    {
        lock (gate)
        {
            if (!ReferenceEquals(there, destinations))
            {
                return false;
            }

            isOpen = true;
            isLooking = false;
            opened.TrySetResult();
            opened = New();
        }

        visits.Settle();
        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>How waiting for a service ended.</summary>
internal enum WaitEnd
{
    /// <summary>Somebody there takes calls.</summary>
    Open,

    /// <summary>It took too long.</summary>
    NotYet,

    /// <summary>Too many wait already.</summary>
    Crowded,

    /// <summary>The visitor went away.</summary>
    Gone,
}

/// <summary>A port of a service that sleeps, and where its containers are in one world.</summary>
internal sealed record SleepingPlace(Sleeper Sleeper, IPEndPoint[] Destinations);
