using System.Runtime.CompilerServices;
using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Engine.Reconciling;
using Homestack.Homes;
using Homestack.Planes;
using Homestack.Planes.Certificates;
using Homestack.Plans;

namespace Homestack.Engine;

/// <summary>The engine's home: what callers ask of it and what its watch does, one change at a time.</summary>
internal sealed class WatchedHome(HomeState state, PlaneList planes, TimeProvider clock) : IHome, IWatchedHome
{
    private static readonly TimeSpan IdlePause = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestRenewalPause = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim changing = new(1, 1);
    private readonly SemaphoreSlim applied = new(0, 1);
    private Generations.Generation? newest;

    /// <summary>A caller's apply is under way. Another caller's does not wait for it: the lock refuses it at once and names the holder.</summary>
    private bool isAsked;

    /// <summary>Hears that containers may be elsewhere.</summary>
    public Action Happened { get; set; } = () => { };

    /// <summary>Hears that something was carried out, or that it was tried.</summary>
    public Action Applied { get; set; } = () => { };

    /// <summary>The home as it was applied last, or is being applied; null before the first time.</summary>
    public Blueprint? Now => arriving ?? Newest()?.Blueprint;

    /// <summary>Folder of the manifest that was applied last; empty before the first time.</summary>
    public string Folder => Newest()?.Plan.Folder ?? "";

    private Blueprint? arriving;

    private readonly LocalHome home = new(state, planes, clock) { Verb = "engine", EngineProcess = Environment.ProcessId };

    public Task<PlanOutcome> PlanAsync(Blueprint blueprint, PlanOptions options, CancellationToken cancellationToken) => home.PlanAsync(blueprint, options, cancellationToken);

    public Task<PlanOutcome> PlanRollbackAsync(int number, CancellationToken cancellationToken) => home.PlanRollbackAsync(number, cancellationToken);

    public Task<PlanOutcome> PlanDownAsync(CancellationToken cancellationToken) => home.PlanDownAsync(cancellationToken);

    public Task<HomeStatus> StatusAsync(CancellationToken cancellationToken) => home.StatusAsync(cancellationToken);

    /// <remarks>A repair of our own is waited for; another apply, ours or another process's, is refused by the lock of the state folder.</remarks>
    public async Task<ApplyResult> ApplyAsync(KeptPlan plan, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref isAsked, true))
        {
            return await home.ApplyAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await ChangeAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref isAsked, false);
        }
    }

    private async Task<ApplyResult> ChangeAsync(KeptPlan plan, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        arriving = plan.Read(new())?.Blueprint;
        try
        {
            return await home.ApplyAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            arriving = null;
            changing.Release();
            Applied();
            Happened();
            if (applied.CurrentCount == 0)
            {
                applied.Release();
            }
        }
    }

    /// <summary>Does something to containers that is no part of a plan, while nobody carries anything out.</summary>
    /// <param name="patience">How long to wait for who does.</param>
    /// <param name="act">False when it thought better of it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> AloneAsync(TimeSpan patience, Func<Task<bool>> act, CancellationToken cancellationToken)
    {
        if (!await changing.WaitAsync(patience, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            using var taken = await ApplyLock.TakeAsync(state.Disk, state.LockPath, new(Environment.ProcessId, home.Verb, clock.GetUtcNow(), Environment.MachineName), patience, clock, cancellationToken).ConfigureAwait(false);
            return taken is not null && await act().ConfigureAwait(false);
        }
        finally
        {
            changing.Release();
        }
    }

    public async IAsyncEnumerable<string> HappeningsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blueprint = Newest()?.Blueprint;
        using var engines = new HostEngines(blueprint?.Hosts ?? ValueMap<Host>.Empty);
        if (blueprint is null || blueprint.Services.Count == 0)
        {
            await applied.WaitAsync(IdlePause, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        // One host's events are followed; what happens on the others is found by looking now and then.
        var host = blueprint.Hosts.ContainsKey(Host.Local) ? Host.Local : blueprint.Services.Values.First().Host;
        await foreach (var happening in engines.Of(host).EventsAsync($"homestack.home={blueprint.Home}", cancellationToken).ConfigureAwait(false))
        {
            Happened();
            if (!happening.Action.StartsWith("exec_", StringComparison.Ordinal) && !happening.Action.StartsWith("health_status", StringComparison.Ordinal))
            {
                yield return happening.Action;
            }
        }
    }

    public async Task<Sighting?> LookAsync(CancellationToken cancellationToken)
    {
        Happened();
        if (!await changing.WaitAsync(0, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            if (ApplyUnderWay.IsElsewhere(state))
            {
                return null;
            }

            if (Newest() is not { IsGood: true } last)
            {
                return new([], ReconcilePolicy.Report, null);
            }

            var options = new PlanOptions { Folder = last.Plan.Folder, Sources = last.Plan.Sources, RollbackTo = last.Plan.RollbackTo };
            var outcome = await home.PlanAsync(last.Blueprint, options, cancellationToken).ConfigureAwait(false);
            return ApplyUnderWay.IsElsewhere(state) || state.Generations.Newest() != last.Number ? null
                : outcome.Plan is { } plan ? Sighting.Of(plan)
                : new(outcome.Diagnostics.Select(diagnostic => $"{diagnostic.Code}: {diagnostic.Detail}").ToValueList(), ReconcilePolicy.Report, null);
        }
        finally
        {
            changing.Release();
        }
    }

    public async Task<string> RepairAsync(Plan plan, CancellationToken cancellationToken)
    {
        var result = await ChangeAsync(plan, new Silence(), cancellationToken).ConfigureAwait(false);
        return result.Outcome == ApplyOutcome.Applied ? "" : string.Join(' ', result.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).Select(diagnostic => diagnostic.Detail));
    }

    /// <summary>Makes certificates anew that end soon and gets those that are wanted, whatever the home wants done about drift: time is nobody's change, and what nobody renews takes the home away.</summary>
    /// <returns>What was done, a sentence each, and when to look again.</returns>
    /// <exception cref="Machine.MachineException">A file or the front failed.</exception>
    public async Task<RenewalOutcome> RenewAsync(CancellationToken cancellationToken)
    {
        if (Newest() is not { IsGood: true } last)
        {
            return new([], IsNew: false, LongestRenewalPause);
        }

        var plane = planes.Renewing(state);
        var desired = plane.Compile(last.Blueprint, []);
        var own = await RenewOwnAsync(plane, desired, cancellationToken).ConfigureAwait(false);

        // An issuer may take minutes: nobody who wants to change something waits for that.
        var outcome = await planes.Orders(state).LookAsync(desired.Public, cancellationToken).ConfigureAwait(false);
        if (outcome.IsNew)
        {
            await changing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await plane.ApplyAsync(new ServeCertificates(), new Progress<StepProgress>(), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                changing.Release();
            }
        }

        return outcome with { Said = [.. own, .. outcome.Said] };
    }

    /// <summary>The home's own. Not now when something is being carried out.</summary>
    private async Task<ValueList<string>> RenewOwnAsync(CertificatesPlane plane, CertificatesDesired desired, CancellationToken cancellationToken)
    {
        if (!await changing.WaitAsync(0, cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        try
        {
            var done = new List<string>();
            foreach (var step in CertificatesDiffer.Own(desired, await plane.ObserveAsync(desired, cancellationToken).ConfigureAwait(false)).SelectMany(change => change.Steps).OfType<CertificatesChange>())
            {
                await plane.ApplyAsync(step, new Progress<StepProgress>(), cancellationToken).ConfigureAwait(false);
                done.Add(step.Summary);
            }

            return done.ToValueList();
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Until nothing is being carried out.</summary>
    public async Task QuietAsync()
    {
        await changing.WaitAsync().ConfigureAwait(false);
        changing.Release();
    }

    public void Dispose()
    {
        home.Dispose();
        changing.Dispose();
        applied.Dispose();
    }

    /// <summary>Read once: a generation never changes.</summary>
    private Generations.Generation? Newest()
    {
        var number = state.Generations.Newest();
        if (number == 0 || newest?.Number != number)
        {
            newest = number == 0 ? null : state.Generations.Load(number, new());
        }

        return newest;
    }

    private sealed class Silence : IProgress<ApplyEvent>
    {
        public void Report(ApplyEvent value)
        {
        }
    }
}
