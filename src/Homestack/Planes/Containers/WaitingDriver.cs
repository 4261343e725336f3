using System.Globalization;
using Homestack.Blueprints;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Waits until a container is well. Reads only.</summary>
/// <param name="engine">Where the container is.</param>
/// <param name="files">Made files, whose content never shows in an error.</param>
/// <param name="known">Values of the home's secrets, which never show either.</param>
/// <param name="time">For waiting.</param>
internal sealed class WaitingDriver(IEngineApi engine, MadeFileStore files, Func<IEnumerable<string>> known, TimeProvider time)
{
    private const int LastLines = 5;
    private const int LongestLine = 300;
    private const int ShortestSecret = 6;

    /// <summary>So often in a row it may fall over while it waits for something; the engine's pauses between make it about three seconds.</summary>
    private const int MostRestarts = 5;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestBudget = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestBudget = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan JobBudget = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="MachineException">It ended, is unhealthy, or did not become well in time; with its last words.</exception>
    public async Task WaitAsync(WaitUntilWell wait, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var (pause, run, runBegin) = (FirstPause, "", begin);
        while (true)
        {
            var there = await ContainersDriver.FindAsync(engine, wait.Target, cancellationToken).ConfigureAwait(false)
                ?? throw new MachineException(wait.Summary, $"The container \"{wait.Target.Name}\" is no longer there.", "Try: homestack plan", MachineFailure.NotFound);
            if (run != there.State.StartedAt + there.RestartCount + there.State.Status)
            {
                (run, runBegin) = (there.State.StartedAt + there.RestartCount + there.State.Status, time.GetTimestamp());
            }

            switch (Judge(there, wait.Condition, time.GetElapsedTime(runBegin)))
            {
                case Verdict.Well:
                    return;
                case Verdict.Lost:
                    throw await FailureAsync(wait, there, Words(there), MachineFailure.Failed, cancellationToken).ConfigureAwait(false);
            }

            var budget = Budget(there, wait.Condition);
            if (time.GetElapsedTime(begin) > budget)
            {
                throw await FailureAsync(wait, there, $"it did not become well within {budget.TotalSeconds:0} s", MachineFailure.TimedOut, cancellationToken).ConfigureAwait(false);
            }

            progress.Report(new($"waiting for {wait.Target.Name}: {there.State.Health?.Status ?? there.State.Status}"));
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static Verdict Judge(ContainerInspection there, DependencyCondition condition, TimeSpan sinceChange)
    {
        var restarts = there.HostConfig.RestartPolicy?.Name is "always" or "unless-stopped";
        return (there.State.Status, condition) switch
        {
            ("exited", DependencyCondition.CompletedSuccessfully) => there.State.ExitCode == 0 ? Verdict.Well : Verdict.Lost,
            (_, DependencyCondition.CompletedSuccessfully) => there.State.Status == "dead" ? Verdict.Lost : Verdict.NotYet,
            ("running", _) when there.State.Health is { Status: not ("" or "none") } health => health.Status switch { "healthy" => Verdict.Well, "unhealthy" => Verdict.Lost, _ => Verdict.NotYet },
            ("running", _) => sinceChange >= Settle ? Verdict.Well : Verdict.NotYet,
            ("exited", DependencyCondition.Started) when there.State.ExitCode == 0 && !restarts => Verdict.Well,
            ("exited" or "dead", _) => sinceChange >= Settle || !restarts ? Verdict.Lost : Verdict.NotYet,
            _ => there.RestartCount >= MostRestarts ? Verdict.Lost : Verdict.NotYet,
        };
    }

    private static TimeSpan Budget(ContainerInspection there, DependencyCondition condition)
    {
        if (condition == DependencyCondition.CompletedSuccessfully)
        {
            return JobBudget;
        }

        // The engine's own defaults: 30 s between checks, 30 s for each, three failures.
        var check = there.Config.Healthcheck ?? new();
        static TimeSpan Or(long? nanoseconds, int seconds) => nanoseconds is > 0 and var given ? TimeSpan.FromTicks(given / TimeSpan.NanosecondsPerTick) : TimeSpan.FromSeconds(seconds);
        var budget = Or(check.StartPeriod, 0) + ((Or(check.Interval, 30) + Or(check.Timeout, 30)) * ((check.Retries is > 0 and var retries ? retries : 3) + 1));
        return there.State.Health is null || budget < ShortestBudget ? ShortestBudget : budget > LongestBudget ? LongestBudget : budget;
    }

    private static string Words(ContainerInspection there) => there.State switch
    {
        { Error.Length: > 0 } state => state.Error,
        { Status: "running" } => "its health check fails",
        { Status: "restarting" } state => string.Create(CultureInfo.InvariantCulture, $"it falls over again and again, {there.RestartCount} times so far, last with {state.ExitCode}"),
        { OOMKilled: true } => "it ran out of memory and was ended",
        var state => string.Create(CultureInfo.InvariantCulture, $"it ended with {state.ExitCode}"),
    };

    private async Task<MachineException> FailureAsync(WaitUntilWell wait, ContainerInspection there, string words, MachineFailure kind, CancellationToken cancellationToken)
    {
        var last = new List<string>();
        try
        {
            await foreach (var line in engine.LogsAsync(there.Id, new(LastLines, Follows: false, HasTimes: false), cancellationToken).ConfigureAwait(false))
            {
                last.Add(Cut(Redact(there, line.Words)));
            }
        }
        catch (MachineException)
        {
            // Without its last words the failure is still told.
        }

        if (there.State.Health?.Log is { Count: > 0 } log && log[^1].Output?.Trim() is { Length: > 0 } output)
        {
            last.Add($"(health check) {Cut(Redact(there, output))}");
        }

        var text = last.Count == 0 ? "" : $" Its last words: {string.Join(" | ", last)}";
        return new(wait.Summary, $"{wait.Target.Name} is not well: {words}.{text}", $"Try: homestack logs {wait.Target.Label[(wait.Target.Label.IndexOf(':', StringComparison.Ordinal) + 1)..]}", kind);
    }

    private static string Cut(string words) => words.Length > LongestLine ? words[..LongestLine] : words;

    /// <remarks>
    /// A program may print what it was given, whole or in part. Secrets, values of its environment and of its made files, and files mounted as secrets never leave through
    /// an error. This comes before a line is cut: half a secret would not be recognised.
    /// </remarks>
    private string Redact(ContainerInspection there, string text)
    {
        var values = (there.Config.Env ?? []).Select(pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..])
            .Concat(files.Contents(ContainersDriver.FilesFolder(there.Config.Labels)))
            .Concat((there.HostConfig.Mounts ?? []).Where(mount => mount is { Type: "bind", ReadOnly: true, Source.Length: > 0 }).Select(mount => MadeFileStore.ContentOf(mount.Source ?? "")))
            .Concat((there.HostConfig.Binds ?? []).Select(bind => bind.Split(':')).Where(parts => parts.Length == 3 && parts[2].Split(',').Contains("ro")).Select(parts => MadeFileStore.ContentOf(parts[0])))
            .SelectMany(content => content.Split('\n'), (_, line) => line.Trim())
            .Concat(known());
        return values.Where(value => value.Length >= ShortestSecret).Distinct().OrderByDescending(value => value.Length).Aggregate(text, (words, value) => words.Replace(value, "•••", StringComparison.Ordinal));
    }

    private enum Verdict
    {
        NotYet,
        Well,
        Lost,
    }
}
