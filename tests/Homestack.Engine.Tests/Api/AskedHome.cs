using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Homes;
using Homestack.Plans;

namespace Homestack.Engine.Tests.Api;

/// <summary>A home that remembers what it was asked and answers with what it was given.</summary>
internal sealed class AskedHome : IHome
{
    public static Plan Empty(Blueprint blueprint) => new() { Home = blueprint.Home, BasedOn = 3, Observed = ValueMap<string>.Empty, Blueprint = blueprint, Changes = [], Steps = [] };

    public ApplyResult Result { get; init; } = new() { Outcome = ApplyOutcome.Applied, Generation = 4, Took = TimeSpan.FromSeconds(2) };

    /// <summary>What an apply throws; null for nothing.</summary>
    public Exception? Breaks { get; init; }

    public Plan? Applied { get; private set; }

    public PlanOptions? Options { get; private set; }

    public Task<PlanOutcome> PlanAsync(Blueprint blueprint, PlanOptions options, CancellationToken cancellationToken)
    {
        Options = options;
        return Task.FromResult(new PlanOutcome(Empty(blueprint) with { Folder = options.Folder }, []));
    }

    public Task<PlanOutcome> PlanRollbackAsync(int number, CancellationToken cancellationToken) =>
        Task.FromResult(new PlanOutcome(null, [Homestack.Homes.HomeDiagnostics.NothingApplied($"/state/{number}")]));

    public Task<PlanOutcome> PlanDownAsync(CancellationToken cancellationToken) => Task.FromResult(new PlanOutcome(Empty(new() { Home = "down" }), []));

    public Task<ApplyResult> ApplyAsync(KeptPlan plan, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        Applied = plan.Read(new());
        return Breaks is { } bug ? Task.FromException<ApplyResult>(bug) : Task.FromResult(Result);
    }

    public Task<HomeStatus> StatusAsync(CancellationToken cancellationToken) => Task.FromResult(new HomeStatus { Home = "asked", Generation = 3 });

    public void Dispose()
    {
    }
}
