using System.Threading.Channels;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Engine.Reconciling;

/// <summary>Looks whenever something happened to what is ours, and now and then; reports drift, and repairs it where the home wants that.</summary>
internal sealed class DriftWatch(IWatchedHome home, DriftBoard board, TimeProvider clock, WatchTimes times, Action<string> log)
{
    // One place: any number of happenings before the next look are one reason to look.
    private readonly Channel<string> reasons = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int failedRepairs;
    private long nextRepair;
    private string repairProblem = "";

    /// <summary>Looks soon.</summary>
    public void Wake(string reason) => reasons.Writer.TryWrite(reason);

    /// <summary>Until cancelled. A container engine that goes away is waited for.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Wake("begin");
        var listening = ListenAsync(cancellationToken);
        using var timer = new PeriodicTimer(times.Period, clock);
        var ticking = TickAsync(timer, cancellationToken);
        try
        {
            await foreach (var _ in reasons.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(times.Debounce, clock, cancellationToken).ConfigureAwait(false);
                reasons.Reader.TryRead(out var _);
                await LookAsync(cancellationToken).ConfigureAwait(false);

                // What a look left behind is given back before the long wait for the next: left to itself the heap grows to the size of the processor's cache first.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine ends.
        }

        await Task.WhenAll(listening, ticking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TickAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            Wake("period");
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var pause = times.FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var happening in home.HappeningsAsync(cancellationToken).ConfigureAwait(false))
                {
                    pause = times.FirstPause;
                    Wake(happening);
                }
            }
            catch (MachineException)
            {
                // The next look says it in words; this loop only waits for the engine to come back.
            }

            Wake("events ended");
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, times.LongestPause.Ticks));
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await LookTwiceAsync(cancellationToken).ConfigureAwait(false) is not { } sighting)
            {
                // Something is being carried out: look again when it may be over.
                Wake("not now");
                return;
            }

            if (sighting.Drift.Count == 0)
            {
                failedRepairs = 0;
                nextRepair = 0;
                repairProblem = "";
            }

            board.Post(sighting.Drift, repairProblem);
            if (sighting.MayRepair && clock.GetTimestamp() >= nextRepair)
            {
                await RepairAsync(sighting, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (MachineException failure)
        {
            board.Post(board.Newest.Drift, $"{failure.Call}: {failure.Words}");
        }
    }

    /// <summary>Looks once more before anything new is believed: what is in the midst of a change of its own, such as a front that starts, is as it should be a moment later.</summary>
    private async Task<Sighting?> LookTwiceAsync(CancellationToken cancellationToken)
    {
        var sighting = await home.LookAsync(cancellationToken).ConfigureAwait(false);
        if (sighting is null || sighting.Drift.All(board.Newest.Drift.Contains))
        {
            return sighting;
        }

        await Task.Delay(times.SecondLook, clock, cancellationToken).ConfigureAwait(false);
        return await home.LookAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RepairAsync(Sighting sighting, CancellationToken cancellationToken)
    {
        if (sighting.Repair is not { } plan)
        {
            return;
        }

        log($"repairing: {string.Join("; ", sighting.Drift)}");
        var problem = await home.RepairAsync(plan, cancellationToken).ConfigureAwait(false);

        // A repair that somebody undoes at once, or that fails, is tried ever more rarely instead of in a circle.
        failedRepairs++;
        var pause = TimeSpan.FromTicks((long)Math.Min(times.FirstPause.Ticks * Math.Pow(2, failedRepairs - 1), times.LongestRepairPause.Ticks));
        nextRepair = clock.GetTimestamp() + (long)(pause.TotalSeconds * clock.TimestampFrequency);
        repairProblem = problem.Length == 0 ? "" : $"repair failed: {problem}";
        board.Post(problem.Length == 0 ? ValueList<string>.Empty : sighting.Drift, repairProblem);
        Wake("repaired");
    }
}
