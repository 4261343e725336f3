using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Worlds;

namespace Homestack.EndToEnd.Stories;

/// <summary>One home through its life against a real engine.</summary>
public sealed class LifeStory(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private static readonly string[] Images = ["test/web:1", "test/web:2", "test/web:sick", "test/db:1", "test/extra:1"];

    [Fact]
    public async Task A_home_is_planned_brought_up_changed_broken_rolled_back_and_taken_down_and_its_data_stays()
    {
        await engine.ImportAsync(Images);
        await using var home = new Household(engine);
        await PlanChangesNothingAsync(home);
        await UpThenNothingIsLeftToDoAsync(home);
        await OnlyWhatWasEditedIsTouchedAsync(home);
        await WhatIsAddedComesAndWhatIsRemovedGoesButItsVolumeStaysAsync(home);
        await ASickOneIsNotLetInAsync(home);
        await GoingBackAsync(home);
        await AStalePlanIsRefusedAsync(home);
        await TheEngineEndsAndTheContainersStayAsync(home);
        await DownAndUpAgainKeepsTheDataAsync(home);
    }

    private async Task PlanChangesNothingAsync(Household home)
    {
        home.Write(Stack());
        (await home.Command.RunAsync("validate", home.Files.Folder)).Expect(0);

        await using var watched = new WatchedSocket(engine.Folder + "/watched.sock", engine.Socket);
        var before = await home.WorldAsync();
        var plan = (await home.Command.Through(watched.Address).RunAsync("plan", home.Files.Folder)).Expect(2);
        Assert.Contains("web", plan.Output, StringComparison.Ordinal);
        Assert.NotEmpty(watched.Calls);
        Assert.Empty(watched.Writes);
        Assert.Equal(before, await home.WorldAsync());
    }

    private async Task UpThenNothingIsLeftToDoAsync(Household home)
    {
        (await home.UpAsync()).Expect(0);
        (await home.PlanAsync()).Expect(0);
        (await home.Command.RunAsync("status")).Expect(0);
        await Sentinels.PlantAsync(engine.Api);
        Assert.Equal("test/web:1", await ReadAsync(Visitors.Page(engine.Port(1))));
    }

    private async Task OnlyWhatWasEditedIsTouchedAsync(Household home)
    {
        var store = await home.ContainerAsync("db");
        home.Write(Stack(web: "test/web:2"));
        (await home.PlanAsync()).Expect(2);
        (await home.UpAsync()).Expect(0);
        Assert.Equal("test/web:2", await ReadAsync(Visitors.Page(engine.Port(1))));
        Assert.Equal(store, await home.ContainerAsync("db"));
    }

    private async Task WhatIsAddedComesAndWhatIsRemovedGoesButItsVolumeStaysAsync(Household home)
    {
        home.Write(Stack(web: "test/web:2").Store("extra", "test/extra:1", "extra-data"));
        (await home.UpAsync()).Expect(0);
        var volumes = await Sentinels.PlantAsync(engine.Api);
        Assert.Equal(2, volumes.Count);

        home.Write(Stack(web: "test/web:2"));
        (await home.UpAsync()).Expect(0);
        Assert.DoesNotContain("-extra ", await home.WorldAsync(), StringComparison.Ordinal);
        Assert.Empty(await Sentinels.LostAsync(engine.Api, volumes));
    }

    private async Task ASickOneIsNotLetInAsync(Household home)
    {
        var before = await World.DescribeLivesAsync(engine.Api);
        await using var visitors = Visitors.At(await home.PageOfAsync("inner"), Visitors.Page(engine.Port(1)));
        home.Write(Stack(web: "test/web:2", inner: "test/web:sick"));
        var failed = (await home.UpAsync()).Expect(1);
        Assert.Contains("inner", failed.Said, StringComparison.Ordinal);
        Assert.Empty(await visitors.EndAsync());
        Assert.True(visitors.Answers > 0);
        Assert.Equal(before, await World.DescribeLivesAsync(engine.Api));
    }

    private async Task GoingBackAsync(Household home)
    {
        (await home.Command.RunAsync("generations")).Expect(0);
        (await home.Command.RunAsync("rollback", "1", "--yes")).Expect(0);
        Assert.Equal("test/web:1", await ReadAsync(Visitors.Page(engine.Port(1))));

        home.Write(Stack());
        (await home.PlanAsync()).Expect(0);
    }

    private async Task AStalePlanIsRefusedAsync(Household home)
    {
        home.Write(Stack(web: "test/web:2"));
        var plan = await home.PlanToFileAsync();
        home.Write(Stack(web: "test/web:2", inner: "test/web:2"));
        (await home.UpAsync()).Expect(0);
        var before = await World.DescribeLivesAsync(engine.Api);
        (await home.Command.RunAsync("apply", plan, "--yes")).Expect(3);
        Assert.Equal(before, await World.DescribeLivesAsync(engine.Api));
    }

    private async Task TheEngineEndsAndTheContainersStayAsync(Household home)
    {
        Assert.NotEmpty(home.Command.EngineProcesses());
        var before = await World.DescribeLivesAsync(engine.Api);
        await home.Command.StopEngineAsync(Signals.Terminate);
        Assert.Equal(before, await World.DescribeLivesAsync(engine.Api));
        (await home.PlanAsync()).Expect(0);
        (await home.UpAsync()).Expect(0);
        Assert.NotEmpty(home.Command.EngineProcesses());
        Assert.Equal(before, await World.DescribeLivesAsync(engine.Api));
        (await home.PlanAsync()).Expect(0);
    }

    private async Task DownAndUpAgainKeepsTheDataAsync(Household home)
    {
        var volumes = await Sentinels.PlantAsync(engine.Api);
        (await home.Command.RunAsync("down", home.Files.Folder, "--yes")).Expect(0);
        Assert.DoesNotContain("container ", await home.WorldAsync(), StringComparison.Ordinal);
        Assert.Empty(await Sentinels.LostAsync(engine.Api, volumes));

        (await home.UpAsync()).Expect(0);
        (await home.PlanAsync()).Expect(0);
        Assert.Empty(await Sentinels.LostAsync(engine.Api, volumes));
    }

    /// <summary>A page with a port, one behind it without, and a store.</summary>
    private StackText Stack(string web = "test/web:1", string inner = "test/web:1") => new StackText()
        .Store("db", "test/db:1", "db-data")
        .Service("inner", inner,
        [
            """command: [httpd, -f, -p, "80", -h, /www]""",
            $$"""healthcheck: { test: [CMD, {{(inner.EndsWith("sick", StringComparison.Ordinal) ? "\"false\"" : "\"true\"")}}], interval: 200ms, timeout: 1s, retries: 3 }""",
        ])
        .Web("web", web, engine.Port(1), "depends_on: [db, inner]");

    private static async Task<string> ReadAsync(Uri page)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(page);
    }
}
