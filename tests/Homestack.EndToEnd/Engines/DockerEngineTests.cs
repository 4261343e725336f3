using System.Text.Json.Nodes;

namespace Homestack.EndToEnd.Engines;

/// <summary>The engine that the other tests stand on is real, and is theirs alone.</summary>
public sealed class DockerEngineTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    [Fact]
    public async Task Runs_a_container_that_answers_on_loopback_and_counts_who_asked_for_it()
    {
        await engine.ImportAsync("test/web:1");
        await using var watched = new WatchedSocket(engine.Folder + "/watched.sock", engine.Socket);
        using var api = new EngineSocket(watched.Path);
        await api.SendAsync(HttpMethod.Post, "networks/create", new JsonObject { ["Name"] = "front" });
        var created = await api.SendAsync(HttpMethod.Post, "containers/create?name=web", new JsonObject
        {
            ["Image"] = "test/web:1",
            ["Cmd"] = new JsonArray("httpd", "-f", "-p", "80", "-h", "/www"),
            ["ExposedPorts"] = new JsonObject { ["80/tcp"] = new JsonObject() },
            ["HostConfig"] = JsonNode.Parse($$"""{ "NetworkMode": "front", "PortBindings": { "80/tcp": [ { "HostIp": "127.0.0.1", "HostPort": "{{engine.Port(0)}}" } ] } }"""),
        });
        await api.SendAsync(HttpMethod.Post, $"containers/{created?["Id"]}/start");

        Assert.Equal("test/web:1", await PageAsync(new Uri($"http://127.0.0.1:{engine.Port(0)}/")));
        Assert.Equal(3, watched.Writes.Count);
        Assert.All(watched.Calls, call => Assert.Equal(Environment.ProcessId, call.Peer));

        await engine.EmptyAsync();
        Assert.Empty((await engine.Api.GetAsync("containers/json?all=true")).AsArray());
    }

    [Fact]
    public async Task Two_run_at_once_and_do_not_see_each_other()
    {
        await using var other = new DockerEngine();
        await other.InitializeAsync();
        await other.Api.SendAsync(HttpMethod.Post, "volumes/create", new JsonObject { ["Name"] = "only-there" });

        Assert.NotEqual(engine.Socket, other.Socket);
        Assert.DoesNotContain("only-there", (await engine.Api.GetAsync("volumes")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_gives_back_what_was_put_into_it()
    {
        await using var registry = await LocalRegistry.StartAsync(engine, engine.Port(21));
        await registry.PutAsync("page", "1", "text");
        Assert.DoesNotContain(registry.Name("page"), (await engine.Api.GetAsync("images/json")).ToJsonString(), StringComparison.Ordinal);
        await engine.Api.SendTarAsync($"images/create?fromImage={registry.Name("page")}&tag=1", []);
        Assert.Contains(registry.Name("page"), (await engine.Api.GetAsync("images/json")).ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>A container that was started listens a moment later, and Docker's own proxy takes the call before.</summary>
    private static async Task<string> PageAsync(Uri address)
    {
        using var client = new HttpClient();
        for (var patience = 50; ; patience--)
        {
            try
            {
                return await client.GetStringAsync(address, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException) when (patience > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            }
        }
    }
}
