using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Planes;
using Homestack.Plans;
using Homestack.Primitives;
using Homestack.Tests.Model;

namespace Homestack.Tests.Plans;

public sealed class PlannerTests
{
    [Fact]
    public void Steps_of_a_resource_follow_each_other_and_wait_for_what_they_need()
    {
        var plan = Plan(Change("web", ["db", "settled"], 2), Change("db", [], 2), Change("other", [], 1));

        Assert.Equal(
            """
            #1 create boxes/box:db: check db-1  because test
            #2 create boxes/box:db: check db-2  after #1  because test
            #3 create boxes/box:other: check other-1  because test
            #4 create boxes/box:web: check web-1  after #2  because test
            #5 create boxes/box:web: check web-2  after #4  because test

            """, PlanText.Write(plan));
    }

    [Fact]
    public void A_change_without_calls_passes_its_order_on()
    {
        var plan = Plan(Change("a", [], 1), Change("b", ["a"], 0), Change("c", ["b"], 1));

        Assert.Equal([1], plan.Steps[1].After);
    }

    [Fact]
    public void Refuses_changes_that_wait_in_a_circle_and_names_them()
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(Planner.Plan(Request([Change("a", ["b"], 1), Change("b", ["c"], 1), Change("c", ["b"], 1)]), diagnostics));
        Assert.Equal("HS4001", Assert.Single(diagnostics).Code);
        Assert.Contains("boxes/box:b waits for boxes/box:c waits for boxes/box:b.", Assert.Single(diagnostics).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_two_changes_of_one_resource()
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(Planner.Plan(Request([Change("a", [], 1), Change("a", [], 1)]), diagnostics));
        Assert.Equal("HS4002", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void An_empty_plan_says_so() => Assert.Equal("nothing to do\n", PlanText.Write(Plan()));

    internal static Plan Plan(params IEnumerable<ResourceChange> changes) => Planner.Plan(Request(changes), []) ?? throw new InvalidOperationException();

    internal static PlanRequest Request(IEnumerable<ResourceChange> changes) => new() { Blueprint = ModelHome.Blueprint(), Changes = changes.ToValueList() };

    internal static ResourceChange Change(string name, IEnumerable<string> after, int steps) => new()
    {
        Resource = new("boxes", "box", name),
        Action = ChangeAction.Create,
        Cause = "test",
        After = after.Select(other => new ResourceId("boxes", "box", other)).ToValueList(),
        Steps = Enumerable.Range(1, steps).Select(number => (Change)new CheckBox($"{name}-{number}")).ToValueList(),
    };
}
