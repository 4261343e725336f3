using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Homes;
using Homestack.Plans;

namespace Homestack.Cli.Tests.Commands;

/// <summary>A home that answers what it was told to.</summary>
internal sealed class FakeHome : IHome
{
    public PlanOutcome Outcome { get; init; } = new(null, []);

    public ApplyResult Result { get; init; } = new() { Outcome = ApplyOutcome.Applied, Generation = 15 };

    public HomeStatus Status { get; init; } = new() { Home = "krynet" };

    /// <summary>What was carried out.</summary>
    public List<Plan> Applied { get; } = [];

    public int RollbackTo { get; private set; } = -1;

    public Task<PlanOutcome> PlanAsync(Blueprint blueprint, PlanOptions options, CancellationToken cancellationToken) => Task.FromResult(Outcome);

    public Task<PlanOutcome> PlanRollbackAsync(int number, CancellationToken cancellationToken)
    {
        RollbackTo = number;
        return Task.FromResult(Outcome);
    }

    public Task<PlanOutcome> PlanDownAsync(CancellationToken cancellationToken) => Task.FromResult(Outcome);

    public Task<ApplyResult> ApplyAsync(KeptPlan plan, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        if (plan.Read(diagnostics) is not { } known)
        {
            return Task.FromResult(new ApplyResult { Outcome = ApplyOutcome.Refused, Diagnostics = diagnostics.ToValueList() });
        }

        Applied.Add(known);
        return Task.FromResult(Result);
    }

    public Task<HomeStatus> StatusAsync(CancellationToken cancellationToken) => Task.FromResult(Status);

    public void Dispose()
    {
    }
}
