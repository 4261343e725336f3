using FsCheck;
using FsCheck.Fluent;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack.Tests.Plans;

/// <summary>The laws of order, on random sets of changes. FsCheck prints the seed of one that fails.</summary>
public sealed class PlannerProperties
{
    [Fact]
    public void Steps_come_after_what_they_need() => ForAll(changes =>
    {
        var plan = PlannerTests.Plan(changes);
        var byResource = plan.Steps.ToLookup(step => step.Resource);
        return plan.Steps.Select(step => step.Number).SequenceEqual(Enumerable.Range(1, plan.Steps.Count))
            && plan.Steps.All(step => step.After.All(number => number < step.Number))
            && changes.All(change => byResource[change.Resource].Select(step => step.Change).SequenceEqual(change.Steps))
            && changes.All(change => change.After.All(first => !byResource[first].Any() || !byResource[change.Resource].Any()
                || Before(plan, byResource[change.Resource].First()).Contains(byResource[first].Last().Number)));
    });

    [Fact]
    public void Nothing_waits_without_a_reason() => ForAll(changes =>
    {
        var plan = PlannerTests.Plan(changes);
        return plan.Steps.All(step => Before(plan, step).All(number => Needs(changes, step.Resource.Name).Contains(plan.Steps[number - 1].Resource.Name)));
    });

    [Fact]
    public void The_order_of_the_changes_changes_nothing() => ForAll(changes =>
        PlannerTests.Plan(changes) == PlannerTests.Plan(changes.Reverse()) && PlannerTests.Plan(changes) == PlannerTests.Plan(changes.OrderBy(change => change.Resource.Name.GetHashCode(StringComparison.Ordinal))));

    private static void ForAll(Func<ResourceChange[], bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => law(Changes(new Random(seed)))));

    /// <summary>Up to 20 changes, each waiting for some of smaller number, so that there is no circle.</summary>
    private static ResourceChange[] Changes(Random random)
    {
        // Names are shuffled so that their order says nothing about what waits for what.
        var names = Enumerable.Range(0, random.Next(1, 20)).Select(number => $"n{number}").ToArray();
        random.Shuffle(names);
        return [.. names.Select((name, index) => PlannerTests.Change(name, names[..index].Where(_ => random.Next(4) == 0), random.Next(4)))];
    }

    private static HashSet<int> Before(Plan plan, PlanStep step)
    {
        var found = new HashSet<int>(step.After);
        foreach (var number in step.After)
        {
            found.UnionWith(Before(plan, plan.Steps[number - 1]));
        }

        return found;
    }

    private static HashSet<string> Needs(ResourceChange[] changes, string name)
    {
        var found = new HashSet<string> { name };
        foreach (var first in changes.Single(change => change.Resource.Name == name).After)
        {
            found.UnionWith(Needs(changes, first.Name));
        }

        return found;
    }
}
