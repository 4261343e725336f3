using Homestack.Collections;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack.Homes;

/// <summary>What people read of a plan: no blueprint, no calls. It cannot be carried out.</summary>
public sealed record PlanSummary
{
    public required string Home { get; init; }

    /// <inheritdoc cref="Plan.BasedOn"/>
    public required int BasedOn { get; init; }

    /// <inheritdoc cref="Plan.RollbackTo"/>
    public int RollbackTo { get; init; }

    /// <summary>Nothing would be done.</summary>
    public required bool IsEmpty { get; init; }

    /// <summary>Sorted by resource. Without steps when it came from the engine.</summary>
    public required ValueList<ResourceChange> Changes { get; init; }

    /// <summary>Sections of the manifest that nothing acts on yet, with a sentence each.</summary>
    public required ValueMap<string> NotYetManaged { get; init; }

    public static PlanSummary Of(Plan plan) => new()
    {
        Home = plan.Home,
        BasedOn = plan.BasedOn,
        RollbackTo = plan.RollbackTo,
        IsEmpty = plan.IsEmpty,
        Changes = plan.Changes,
        NotYetManaged = plan.Blueprint.NotYetManaged,
    };

    /// <summary>Services, then what they stand on; each by name.</summary>
    public IEnumerable<ResourceChange> InReadingOrder() =>
        Changes.OrderBy(change => change.Resource.Kind == "service" ? 0 : 1).ThenBy(change => change.Resource);
}
