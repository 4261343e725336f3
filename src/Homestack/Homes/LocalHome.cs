using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Fronts;
using Homestack.Generations;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Plans;

namespace Homestack.Homes;

/// <summary>A home in this process. What only plans is given planes that cannot write.</summary>
public sealed class LocalHome(HomeState state, PlaneList planes, TimeProvider time) : IHome
{
    /// <summary>For the name of the lock's holder.</summary>
    public string Verb { get; init; } = "up";

    /// <summary>What a status says of the engine; 0 when none runs.</summary>
    public int EngineProcess { get; init; }

    /// <summary>Plans against a machine where nothing is.</summary>
    public bool IsOffline { get; init; }

    public async Task<PlanOutcome> PlanAsync(Blueprint blueprint, PlanOptions options, CancellationToken cancellationToken)
    {
        return await Planning(blueprint).PlanAsync(blueprint, options, cancellationToken).ConfigureAwait(false);
    }

    public async Task<PlanOutcome> PlanRollbackAsync(int number, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        if (state.FindGeneration(number, diagnostics) is not { } generation)
        {
            return new(null, diagnostics.ToValueList());
        }

        return await Planning(generation.Blueprint).PlanRollbackAsync(generation.Number, cancellationToken).ConfigureAwait(false);
    }

    public async Task<PlanOutcome> PlanDownAsync(CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        if (Newest(diagnostics) is not { } newest)
        {
            return new(null, diagnostics.ToValueList());
        }

        var options = new PlanOptions { Folder = newest.Plan.Folder, Sources = newest.Plan.Sources };
        return await Planning(newest.Blueprint).PlanDownAsync(newest.Blueprint, options, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ApplyResult> ApplyAsync(KeptPlan plan, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        return await new Pipeline(planes.Writing(state), state, time) { Verb = Verb }.ApplyAsync(plan, progress, cancellationToken).ConfigureAwait(false);
    }

    public async Task<HomeStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var number = state.Generations.Newest();
        var diagnostics = new DiagnosticBag();
        if (number == 0 || state.Generations.Load(number, diagnostics) is not { } newest)
        {
            return new() { Home = state.Home.Read()?.Name ?? "no home yet", EngineProcess = EngineProcess, Problems = diagnostics.Select(diagnostic => diagnostic.Detail).ToValueList() };
        }

        var (containers, problems) = await LookAsync(newest.Blueprint, cancellationToken).ConfigureAwait(false);
        var certificates = CertificateStatus.Of(state, time.GetUtcNow());
        problems = [.. problems, .. certificates.Where(certificate => certificate.IsUrgent).Select(certificate => certificate.ToString())];
        return new()
        {
            Home = newest.Blueprint.Home,
            Folder = newest.Plan.Folder,
            Generation = number,
            Since = newest.Result.Started + newest.Result.Took,
            EngineProcess = EngineProcess,
            Services = StatusBuilder.Build(newest.Blueprint, containers, Snapshots.ReadIngress(new FrontClient(state.Disk, state.Folder).Kept(IngressSnapshot.Slot))),
            Certificates = certificates,
            Problems = newest.IsGood ? problems : problems.Add($"Generation {number} did not end well; see: homestack generations"),
        };
    }

    public void Dispose()
    {
    }

    private Pipeline Planning(Blueprint blueprint) => new(IsOffline ? planes.Offline(state) : planes.Reading(blueprint, state), state, time);

    private Generation? Newest(DiagnosticBag diagnostics)
    {
        var number = state.Generations.Newest();
        if (number > 0)
        {
            return state.Generations.Load(number, diagnostics);
        }

        diagnostics.Add(HomeDiagnostics.NothingApplied(state.Folder));
        return null;
    }

    /// <summary>The home's containers by host. A host that does not answer is a problem, not a failure: the others are still shown.</summary>
    private static async Task<(Dictionary<string, IReadOnlyList<ContainerInspection>> Containers, ValueList<string> Problems)> LookAsync(Blueprint blueprint, CancellationToken cancellationToken)
    {
        var containers = new Dictionary<string, IReadOnlyList<ContainerInspection>>();
        var problems = new List<string>();
        using var engines = new HostEngines(blueprint.Hosts);
        foreach (var host in blueprint.Services.Values.Select(service => service.Host).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            try
            {
                var engine = engines.Of(host);
                var list = await engine.ListContainersAsync($"homestack.home={blueprint.Home}", cancellationToken).ConfigureAwait(false);
                var inspected = await Task.WhenAll(list.Select(container => engine.InspectContainerAsync(container.Id, cancellationToken))).ConfigureAwait(false);
                containers[host] = [.. inspected.OfType<ContainerInspection>()];
            }
            catch (MachineException failure)
            {
                problems.Add($"{failure.Words} {failure.Next}".TrimEnd());
            }
        }

        return (containers, problems.ToValueList());
    }
}
