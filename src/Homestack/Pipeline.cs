using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Generations;
using Homestack.Machine;
using Homestack.Manifests;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack;

/// <summary>The one way through: Load → Build → Compile → Observe → Diff → Order → Apply → Record. The only file that names every stage.</summary>
public sealed class Pipeline(IReadOnlyList<IPlane> planes, HomeState state, TimeProvider time)
{
    private readonly PlaneSet planes = new(planes);

    /// <summary>For the name of the lock's holder.</summary>
    public string Verb { get; init; } = "up";

    /// <summary>Text → manifest → blueprint. Needs no machine but the files themselves.</summary>
    /// <param name="reader">Reads beneath the folder.</param>
    /// <param name="folder">Absolute folder of the home.</param>
    /// <param name="options">Environment and profiles.</param>
    public static LoadOutcome Load(ISourceReader reader, string folder, LoadOptions options)
    {
        var diagnostics = new DiagnosticBag();
        var manifest = ManifestLoader.Load(reader, options, diagnostics);
        var blueprint = manifest is null || diagnostics.HasErrors ? null : BlueprintBuilder.Build(manifest, folder, diagnostics);
        var sources = (manifest?.Sources ?? []).Select(source => new PlanSource(source.Path, source.Text)).ToValueList();
        return new(diagnostics.HasErrors ? null : blueprint, new() { Folder = folder, Sources = sources }, diagnostics.ToValueList());
    }

    /// <summary>What would change. Reads the machine, writes nothing.</summary>
    /// <exception cref="MachineException">The machine did not answer.</exception>
    public async Task<PlanOutcome> PlanAsync(Blueprint blueprint, PlanOptions options, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var basedOn = state.Generations.Newest();
        var desired = planes.Compile(blueprint, diagnostics);
        if (!state.IsOf(blueprint.Home, diagnostics) || diagnostics.HasErrors)
        {
            return new(null, diagnostics.ToValueList());
        }

        var observed = await planes.ObserveAsync(desired, cancellationToken).ConfigureAwait(false);
        var request = new PlanRequest
        {
            Blueprint = blueprint,
            Folder = options.Folder,
            Sources = options.Sources,
            RollbackTo = options.RollbackTo,
            BasedOn = basedOn,
            Observed = planes.Fingerprint(observed),
            Changes = planes.Diff(desired, observed, diagnostics),
        };
        var plan = diagnostics.HasErrors ? null : Planner.Plan(request, diagnostics);
        return new(plan, diagnostics.ToValueList());
    }

    /// <summary>What going back would change.</summary>
    /// <param name="number">Generation to go back to; 0 for the newest before this one that ended well.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PlanOutcome> PlanRollbackAsync(int number, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        return state.FindGeneration(number, diagnostics) is not { } generation
            ? new(null, diagnostics.ToValueList())
            : await PlanAsync(RollbackPlanner.BlueprintOf(generation), new() { Folder = generation.Plan.Folder, Sources = generation.Plan.Sources, RollbackTo = generation.Number }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What stopping the home would change: nothing runs afterwards; volumes stay.</summary>
    public Task<PlanOutcome> PlanDownAsync(Blueprint blueprint, PlanOptions options, CancellationToken cancellationToken) =>
        PlanAsync(blueprint with { Services = ValueMap<Service>.Empty, Networks = ValueMap<Network>.Empty, Sites = ValueMap<Site>.Empty, Names = null }, options, cancellationToken);

    /// <summary>Carries out exactly this plan, or refuses because the world moved. Says Applied only when a generation says so too.</summary>
    public async Task<ApplyResult> ApplyAsync(KeptPlan kept, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var record = new ApplyRecord(state, planes, kept, time, diagnostics);
        try
        {
            using var taken = record.TakeLock(Verb);
            if (taken is null || record.Read() is not { } plan)
            {
                return record.Ended(ApplyOutcome.Refused);
            }

            // Before the lock is given back: the next apply of this process writes to the same journal.
            using var closing = record;
            var desired = planes.Compile(plan.Blueprint, diagnostics);
            if (await record.CheckAsync(desired, cancellationToken).ConfigureAwait(false) is { } refused)
            {
                return record.Ended(refused);
            }

            if (record.IsRecordedAlready())
            {
                record.Settle();
                return record.Ended(ApplyOutcome.Applied);
            }

            record.Begin();
            await new Applier(planes, state.Journal, time).ApplyAsync(plan, record.Walk, progress, cancellationToken).ConfigureAwait(false);
            return await record.WriteAsync(desired, cancellationToken.IsCancellationRequested).ConfigureAwait(false);
        }
        catch (MachineException exception)
        {
            return record.Broke(exception);
        }
    }
}
