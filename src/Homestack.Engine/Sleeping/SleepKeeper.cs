using System.Globalization;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Machine;
using Homestack.Primitives;

namespace Homestack.Engine.Sleeping;

/// <summary>Starts a service that sleeps when a visitor comes, and stops it when none came for long. One long question to the front at a time; none while no service sleeps.</summary>
/// <remarks>Whoever starts anew, front or engine, counts from its own beginning, so that nothing is stopped early.</remarks>
internal sealed class SleepKeeper(ISleepingHome home, TimeProvider clock, SleepTimes times, Action<string> log)
{
    private readonly WakeSignal wakes = new(clock);
    private readonly Dictionary<string, (string Run, long Since)> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> problems = new(StringComparer.Ordinal);
    private long number;

    /// <summary>Something was carried out: other services may sleep now.</summary>
    public void Wake() => wakes.Wake();

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var wait = TimeSpan.Zero;
            while (true)
            {
                wakes.Forget();
                if (home.Sleeping() is not { Count: > 0 } sleeping)
                {
                    seen.Clear();
                    await wakes.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                }
                else if (await home.VisitsAsync(number, wait, cancellationToken).ConfigureAwait(false) is { } report)
                {
                    number = report.Number;
                    wait = await TurnAsync(sleeping, report, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await wakes.WaitAsync(times.Pause, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine ends.
        }
    }

    /// <returns>How long to ask next.</returns>
    private async Task<TimeSpan> TurnAsync(ValueMap<TimeSpan> sleeping, VisitsReport report, CancellationToken cancellationToken)
    {
        var next = times.Question;
        var runs = ValueMap<string>.Empty;
        if (!await TryAsync("", async () => runs = await home.RunsAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))
        {
            return await PauseAsync(cancellationToken).ConfigureAwait(false);
        }

        var visits = report.Services.ToDictionary(service => service.Service, StringComparer.Ordinal);
        var isWell = true;
        foreach (var (service, limit) in sleeping)
        {
            var run = runs.GetValueOrDefault(service, "");
            var known = Notice(service, run);
            if (visits.GetValueOrDefault(service) is not { } now)
            {
                // The front has not heard of it yet.
                next = times.Again < next ? times.Again : next;
                continue;
            }

            if (run.Length == 0 && now.IsWanted)
            {
                // Its run is counted from the moment that it is seen.
                isWell &= await WakeAsync(service, cancellationToken).ConfigureAwait(false);
                next = times.Shortest;
            }
            else if (run.Length > 0)
            {
                var left = now is { Open: 0, IsWanted: false } ? Left(now, known, limit) : limit;
                isWell &= left > TimeSpan.Zero || await TryAsync(service, () => StopAsync(service, limit, cancellationToken)).ConfigureAwait(false);
                left = left > TimeSpan.Zero ? left : times.Again;
                next = left < next ? left : next;
            }
        }

        return isWell ? next > times.Shortest ? next : times.Shortest : await PauseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What failed is tried again soon, and not at once.</summary>
    private async Task<TimeSpan> PauseAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(times.Pause, clock, cancellationToken).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    /// <summary>Since when this run has been seen.</summary>
    private long Notice(string service, string run)
    {
        if (!seen.TryGetValue(service, out var before) || before.Run != run)
        {
            seen[service] = before = (run, clock.GetTimestamp());
        }

        return before.Since;
    }

    /// <summary>How long it may still run: it has to run for so long too, not only be without a visitor.</summary>
    private TimeSpan Left(ServiceVisits visits, long since, TimeSpan limit)
    {
        var (idle, age) = (TimeSpan.FromMilliseconds(visits.Idle), clock.GetElapsedTime(since));
        return limit - (idle < age ? idle : age);
    }

    private async Task<bool> WakeAsync(string service, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var isDone = false;
        if (await TryAsync(service, async () => isDone = await home.WakeAsync(service, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false) && isDone)
        {
            log(string.Create(CultureInfo.InvariantCulture, $"sleep: {service} was woken by a visitor; started in {clock.GetElapsedTime(began).TotalSeconds:0.0} s"));
        }

        return isDone;
    }

    private async Task StopAsync(string service, TimeSpan limit, CancellationToken cancellationToken)
    {
        var isStopped = await home.StopAsync(service, async () =>
            await home.VisitsAsync(number, TimeSpan.Zero, cancellationToken).ConfigureAwait(false) is { } last
                && last.Services.FirstOrDefault(visits => visits.Service == service) is { Open: 0, IsWanted: false } now && TimeSpan.FromMilliseconds(now.Idle) >= limit, cancellationToken).ConfigureAwait(false);
        if (isStopped)
        {
            log($"sleep: {service} had no visitor for {Duration.Write(limit)}; stopped until the next one comes");
        }
    }

    /// <returns>False when it failed; said once.</returns>
    private async Task<bool> TryAsync(string service, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
            problems.Remove(service);
            return true;
        }
        catch (MachineException failure)
        {
            var words = $"{failure.Call}: {failure.Words} {failure.Next}".TrimEnd();
            if (problems.GetValueOrDefault(service) != words)
            {
                problems[service] = words;
                log($"sleep: {(service.Length > 0 ? service + ": " : "")}{words}");
            }

            return false;
        }
    }
}
