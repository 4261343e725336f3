using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Plans;

namespace Homestack.Homes;

/// <summary>A home that can be asked and changed: in this process, or through the engine that watches it. Both do the same.</summary>
public interface IHome : IDisposable
{
    /// <summary>What would change. Writes nothing.</summary>
    /// <exception cref="Machine.MachineException">The machine did not answer.</exception>
    Task<PlanOutcome> PlanAsync(Blueprint blueprint, PlanOptions options, CancellationToken cancellationToken);

    /// <summary>What going back would change; 0 for the newest generation before this one that ended well.</summary>
    Task<PlanOutcome> PlanRollbackAsync(int number, CancellationToken cancellationToken);

    /// <summary>What stopping everything of ours would change. Data stays.</summary>
    Task<PlanOutcome> PlanDownAsync(CancellationToken cancellationToken);

    /// <summary>Carries out exactly this plan, or refuses.</summary>
    Task<ApplyResult> ApplyAsync(KeptPlan plan, IProgress<ApplyEvent> progress, CancellationToken cancellationToken);

    /// <summary>What is wanted and what is.</summary>
    Task<HomeStatus> StatusAsync(CancellationToken cancellationToken);
}
