using Homestack.Blueprints;
using Homestack.Planes.Containers;

namespace Homestack.Tests.Planes.Containers;

/// <summary>A service that sleeps is as well stopped as running: plans see no difference, and still do all else.</summary>
public sealed class SleepingStories
{
    private readonly ModelEngine engine = new();
    private readonly ModelHome home;

    public SleepingStories()
    {
        engine.AddImage("web:1");
        engine.AddImage("web:2");
        home = new(engine);
    }

    [Fact]
    public async Task A_stopped_one_is_as_wanted_and_without_the_key_it_is_started()
    {
        await AsleepAsync();
        Assert.Empty(await home.PlanAsync(Home()));
        Assert.Contains("start container h-s-a", ModelHome.Text(await home.PlanAsync(Home(sleeps: false))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_begin_to_sleep_makes_no_new_container()
    {
        await home.UpAsync(Home(sleeps: false));
        Assert.Empty(await home.PlanAsync(Home()));
    }

    [Fact]
    public async Task A_new_container_of_it_is_started()
    {
        await AsleepAsync();
        var changes = await home.UpAsync(Home("web:2"));
        Assert.Equal("replace service:s/a because image web:1 → web:2: rename container h-s-a to h-s-a-old; create container h-s-a; start container h-s-a; "
            + "wait until h-s-a is well; stop container h-s-a-old; remove container h-s-a-old", ModelHome.Text(changes));
        Assert.Equal("running", Assert.Single(engine.Containers).Status);
    }

    [Fact]
    public async Task One_that_was_woken_after_the_plan_is_replaced_all_the_same_and_the_plan_still_holds()
    {
        await AsleepAsync();
        var plan = await home.PlanAsync(Home("web:2"));
        var before = await FingerprintAsync();
        engine.Containers[0].Status = "running";
        Assert.Equal(before, await FingerprintAsync());
        await home.ApplyAsync(plan);
        Assert.Equal(("h-s-a", "running"), (Assert.Single(engine.Containers).Name, engine.Containers[0].Status));
        Assert.Empty(await home.PlanAsync(Home("web:2")));
    }

    [Fact]
    public async Task One_that_was_made_and_never_started_is_started()
    {
        await home.UpAsync(Home());
        engine.Containers[0].Status = "created";
        Assert.Contains("start container h-s-a", ModelHome.Text(await home.PlanAsync(Home())), StringComparison.Ordinal);
    }

    private async Task AsleepAsync()
    {
        await home.UpAsync(Home());
        engine.Containers[0].Status = "exited";
    }

    private async Task<string> FingerprintAsync() => ContainersPlane.FingerprintOf(await home.Plane.ObserveAsync(home.Plane.Compile(Home(), []), TestContext.Current.CancellationToken));

    private Blueprint Home(string image = "web:1", bool sleeps = true) => home.Blueprint(ModelHome.Service("a", image) with
    {
        Exposure = new() { Port = 80, Zones = ["lan"], Sleep = sleeps ? TimeSpan.FromMinutes(30) : null },
    });
}
