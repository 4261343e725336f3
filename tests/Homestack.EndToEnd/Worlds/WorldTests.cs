using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;

namespace Homestack.EndToEnd.Worlds;

/// <summary>The judges can say no: every kind of damage that the crash tests look for shows in the description of the world.</summary>
public sealed class WorldTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    [Fact]
    public async Task A_world_that_was_damaged_is_described_differently()
    {
        await engine.ImportAsync("test/app:1");
        await engine.Api.SendAsync(HttpMethod.Post, "volumes/create", new JsonObject { ["Name"] = "store" });
        await CreateAsync("app", "PLACE=here");
        var volumes = await Sentinels.PlantAsync(engine.Api);
        var before = await World.DescribeAsync(engine.Api);

        Assert.Equal(before, await World.DescribeAsync(engine.Api));
        Assert.Empty(await Sentinels.LostAsync(engine.Api, volumes));

        await CreateAsync("app-before", "PLACE=here");
        Assert.NotEqual(before, await World.DescribeAsync(engine.Api));
        await engine.Api.SendAsync(HttpMethod.Delete, "containers/app-before");
        Assert.Equal(before, await World.DescribeAsync(engine.Api));

        await engine.Api.SendAsync(HttpMethod.Delete, "containers/app");
        await CreateAsync("app", "PLACE=there");
        Assert.NotEqual(before, await World.DescribeAsync(engine.Api));
        await engine.Api.SendAsync(HttpMethod.Delete, "containers/app");
        await CreateAsync("app", "PLACE=here");
        Assert.Equal(before, await World.DescribeAsync(engine.Api));

        await engine.Api.SendAsync(HttpMethod.Delete, "containers/app");
        await engine.Api.SendAsync(HttpMethod.Delete, "volumes/store");
        await engine.Api.SendAsync(HttpMethod.Post, "volumes/create", new JsonObject { ["Name"] = "store" });
        await CreateAsync("app", "PLACE=here");
        Assert.NotEqual(before, await World.DescribeAsync(engine.Api));
        Assert.Equal(volumes, await Sentinels.LostAsync(engine.Api, volumes));
    }

    private Task CreateAsync(string name, string variable) => engine.Api.SendAsync(HttpMethod.Post, "containers/create?name=" + name, new JsonObject
    {
        ["Image"] = "test/app:1",
        ["Cmd"] = new JsonArray("sleep", "1000"),
        ["Env"] = new JsonArray(variable),
        ["HostConfig"] = new JsonObject { ["NetworkMode"] = "none", ["Binds"] = new JsonArray("store:/data") },
    });
}
