using Homestack.Apply;
using Homestack.Tests.Model;

namespace Homestack.Tests;

public sealed class PipelineTests
{
    private readonly ModelHome home = new();

    [Fact]
    public async Task Planning_writes_nothing()
    {
        await home.PlanAsync(ModelHome.Blueprint("web=nginx"));

        Assert.DoesNotContain(home.Faults.Calls, call => call.StartsWith("open", StringComparison.Ordinal) || call.StartsWith("mkdir", StringComparison.Ordinal) || call.StartsWith("lock", StringComparison.Ordinal));
        Assert.Empty(home.World.Dump());
    }

    [Fact]
    public async Task Applies_once_and_then_has_nothing_to_do()
    {
        var blueprint = ModelHome.Blueprint("db=pg", "web=nginx after db");

        var first = await home.UpAsync(blueprint);
        var again = await home.UpAsync(blueprint);

        Assert.Equal((ApplyOutcome.Applied, 1), (first.Outcome, first.Generation));
        Assert.Equal((ApplyOutcome.Applied, 1, 0), (again.Outcome, again.Generation, again.Steps.Count));
        Assert.Equal([1], home.NewState().Generations.Numbers());
        Assert.Equal(new("krynet", "/home/krynet"), home.NewState().Home.Read());
    }

    [Fact]
    public async Task A_generation_holds_everything_and_reads_back()
    {
        var blueprint = ModelHome.Blueprint("web=nginx");
        var plan = await home.PlanAsync(blueprint);
        await home.ApplyAsync(plan);

        var generation = home.NewState().Generations.Load(1, []);

        Assert.NotNull(generation);
        Assert.Equal((blueprint, plan, "sha256:nginx"), (generation.Blueprint, generation.Plan, generation.Images["app/web"].ImageId));
        Assert.All(generation.Result.Steps, step => Assert.Equal(StepOutcome.Done, step.Outcome));
        Assert.Equal("A=1\n"u8.ToArray(), home.Disk.Read("/state/generations/000001/manifest/_outside/etc/shared.env", 10));
        Assert.Equal("homestack: 1\n"u8.ToArray(), home.Disk.Read("/state/generations/000001/manifest/homestack.yaml", 100));
    }

    [Fact]
    public async Task Refuses_a_plan_when_the_machine_or_the_home_moved_since()
    {
        var early = await home.PlanAsync(ModelHome.Blueprint("web=nginx"));
        home.World.Do(new MakeBox("app/other", "x"));
        var moved = await home.ApplyAsync(early);
        Assert.Equal((ApplyOutcome.WorldMoved, "HS5003"), (moved.Outcome, Assert.Single(moved.Diagnostics).Code));

        var stale = await home.PlanAsync(ModelHome.Blueprint("web=nginx"));
        await home.UpAsync(ModelHome.Blueprint("db=pg"));
        var refused = await home.ApplyAsync(stale);
        Assert.Equal((ApplyOutcome.WorldMoved, "HS5002"), (refused.Outcome, Assert.Single(refused.Diagnostics).Code));
        Assert.DoesNotContain("app/web", home.World.Dump(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_another_home_in_the_same_state_folder()
    {
        await home.UpAsync(ModelHome.Blueprint("web=nginx"));

        var outcome = await home.NewProcess().PlanAsync(ModelHome.Blueprint() with { Home = "cabin" }, FaultyHome.Options, TestContext.Current.CancellationToken);

        Assert.Null(outcome.Plan);
        Assert.Equal("HS5010", Assert.Single(outcome.Diagnostics).Code);
    }

    [Fact]
    public async Task A_step_that_fails_is_put_back_and_what_waits_for_it_is_not_tried()
    {
        await home.UpAsync(ModelHome.Blueprint("db=pg", "web=nginx after db", "notes=notes"));
        home.World.Sick = "pg2";

        var result = await home.UpAsync(ModelHome.Blueprint("db=pg2", "web=nginx2 after db", "notes=notes2"));

        Assert.Equal((ApplyOutcome.Failed, 2), (result.Outcome, result.Generation));
        Assert.Equal("pg nginx notes2", string.Join(' ', home.World.Boxes["app/db"], home.World.Boxes["app/web"], home.World.Boxes["app/notes"]));
        Assert.DoesNotContain("app/db.old", home.World.Boxes.Keys);
        Assert.All(result.Steps.Where(step => step.Resource.Name == "app/web"), step => Assert.Equal(StepOutcome.Skipped, step.Outcome));
        Assert.Equal(["remove app/db", "rename app/db.old to app/db"], result.Undone.Select(step => step.Summary));
        Assert.Equal("HS5004", Assert.Single(result.Diagnostics).Code);
        Assert.Equal(ApplyOutcome.Failed, home.NewState().Generations.LoadResult(2, [])?.Outcome);
    }

    [Fact]
    public async Task Goes_back_to_the_images_of_then_and_back_again_is_empty()
    {
        await home.UpAsync(ModelHome.Blueprint("web=nginx", "db=pg"));
        await home.UpAsync(ModelHome.Blueprint("web=nginx2"));

        var process = home.NewProcess();
        var outcome = await process.PlanRollbackAsync(0, TestContext.Current.CancellationToken);
        Assert.Equal(1, outcome.Plan?.RollbackTo);
        Assert.Equal(ApplyOutcome.Applied, (await home.ApplyAsync(outcome.Plan ?? throw new InvalidOperationException())).Outcome);

        Assert.Equal(["nginx", "pg"], home.World.Boxes.Values.Order());
        Assert.True((await home.NewProcess().PlanRollbackAsync(3, TestContext.Current.CancellationToken)).Plan?.IsEmpty);
        Assert.Equal("HS5021", Assert.Single((await home.NewProcess().PlanRollbackAsync(9, TestContext.Current.CancellationToken)).Diagnostics).Code);
    }

    [Fact]
    public async Task Going_down_leaves_only_volumes()
    {
        var blueprint = ModelHome.Blueprint("web=nginx");
        await home.UpAsync(blueprint);

        var outcome = await home.NewProcess().PlanDownAsync(blueprint, FaultyHome.Options, TestContext.Current.CancellationToken);
        await home.ApplyAsync(outcome.Plan ?? throw new InvalidOperationException());

        Assert.Equal("volume app/web sentinel of app/web", home.World.Dump());
    }

    [Fact]
    public async Task Stops_when_asked_and_puts_back_what_was_half_done()
    {
        await home.UpAsync(ModelHome.Blueprint("db=pg", "web=nginx after db"));
        using var stop = new CancellationTokenSource();
        home.Faults.Watch = call => _ = call == "make app/db with pg2" ? stop.CancelAsync() : null;

        var plan = await home.PlanAsync(ModelHome.Blueprint("db=pg2", "web=nginx2 after db"));
        var result = await home.NewProcess().ApplyAsync(plan, new FaultyHome.Silent(), stop.Token);

        Assert.Equal(ApplyOutcome.Failed, result.Outcome);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Code == "HS5008");
        Assert.Equal(["nginx", "pg"], home.World.Boxes.Values.Order());
        Assert.Equal(plan.Steps.Count, result.Steps.Count);
    }

    [Fact]
    public async Task Many_unrelated_steps_all_end_well()
    {
        var result = await home.UpAsync(ModelHome.Blueprint([.. Enumerable.Range(0, 40).Select(i => $"s{i}=image")]));

        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        Assert.Equal(Enumerable.Range(1, 80), result.Steps.Select(step => step.Number));
    }
}
