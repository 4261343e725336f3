using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Plans;

namespace Homestack.Engine.Reconciling;

/// <summary>The world compared with the newest generation.</summary>
/// <param name="Drift">How it differs, a sentence each, sorted; empty when it does not.</param>
/// <param name="Policy">What the home wants done about it.</param>
/// <param name="Repair">What would bring it back; null when nothing would.</param>
internal sealed record Sighting(ValueList<string> Drift, ReconcilePolicy Policy, Plan? Repair)
{
    /// <summary>Repairs never cost data: that is for people to decide.</summary>
    public bool MayRepair => Policy == ReconcilePolicy.Repair && Repair is { IsEmpty: false } plan && plan.Changes.All(change => change.Impact.Destroys.Count == 0);

    /// <param name="plan">The newest generation's blueprint, planned against the world as it is.</param>
    public static Sighting Of(Plan plan) => new(
        plan.Changes.Select(change => $"{change.Resource.Name}: {change.Cause}").Order(StringComparer.Ordinal).ToValueList(),
        plan.Blueprint.Reconcile,
        plan);
}
