using System.Diagnostics;
using System.Text.Json.Nodes;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.EndToEnd.Engines;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.EndToEnd.Containers;

/// <summary>The containers plane against a Docker Engine that is real.</summary>
public sealed class ContainersPlaneTests(DockerEngine engine) : IClassFixture<DockerEngine>, IAsyncLifetime
{
    private readonly RealHome home = new(engine, "h");

    public async ValueTask InitializeAsync() => await engine.ImportAsync("test/web:1", "test/web:2");

    public async ValueTask DisposeAsync() => await engine.EmptyAsync();

    [Fact]
    public async Task Brings_up_replaces_both_ways_and_has_nothing_to_do_in_between()
    {
        var plain = RealHome.Service("plain", "test/web:1");
        var rich = RealHome.Service("rich", "test/web:1", Rich());
        await home.UpAsync(home.Blueprint(plain, rich));
        Assert.Equal("", Words(await home.PlanAsync(home.Blueprint(plain, rich))));

        var newer = home.Blueprint(plain with { Image = RealHome.Service("plain", "test/web:2").Image }, rich with { Image = RealHome.Service("rich", "test/web:2").Image });
        var changes = await home.UpAsync(newer);
        Assert.Equal([ChangeAction.Replace, ChangeAction.Replace], changes.Select(change => change.Action));
        Assert.Equal([false, true], changes.Select(change => change.Impact.IsInterrupted));
        Assert.Equal("", Words(await home.PlanAsync(newer)));
        Assert.Equal("h-s-plain h-s-rich", await NamesAsync());
    }

    [Fact]
    public async Task Mends_drift_of_each_kind()
    {
        var blueprint = home.Blueprint(RealHome.Service("a", "test/web:1", Rich()));
        await home.UpAsync(blueprint);
        using var other = new EngineWriteClient(new(engine.Address));
        var network = await other.CreateNetworkAsync(new() { Name = "elsewhere" }, default);
        foreach (var drift in new Func<Task>[]
        {
            () => other.StopContainerAsync("h-s-a", TimeSpan.FromSeconds(1), default),
            () => engine.Api.SendAsync(HttpMethod.Post, "containers/h-s-a/pause"),
            () => other.KillContainerAsync("h-s-a", "KILL", default),
            () => other.RenameContainerAsync("h-s-a", "other", default),
            () => other.UpdateContainerAsync("h-s-a", new() { Memory = 128 << 20, MemorySwap = 256 << 20 }, default),
            () => other.UpdateContainerAsync("h-s-a", new() { RestartPolicy = new("always", null) }, default),
            () => other.DisconnectNetworkAsync("h-s-default", "h-s-a", default),
            () => other.ConnectNetworkAsync(network, "h-s-a", new(), default),
            () => other.RemoveContainerAsync("h-s-a", RemovalMode.Forced, default),
        })
        {
            await drift();
            Assert.NotEqual("", Words(await home.UpAsync(blueprint)));
            Assert.Equal("", Words(await home.PlanAsync(blueprint)));
        }
    }

    [Fact]
    public async Task Puts_the_old_container_back_when_the_health_check_of_the_new_one_fails()
    {
        var before = home.Blueprint(RealHome.Service("a", "test/web:1", Rich()));
        await home.UpAsync(before);
        var sick = Rich() with { Healthcheck = new() { Test = ["CMD", "false"], Interval = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromSeconds(1), Retries = 1 } };

        var clock = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<MachineException>(() => home.UpAsync(home.Blueprint(RealHome.Service("a", "test/web:2", sick))));
        Assert.Contains("health check fails", failure.Words);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), clock.Elapsed.ToString());
        Assert.Equal("", Words(await home.PlanAsync(before)));
        Assert.Equal("h-s-a", await NamesAsync());
    }

    [Fact]
    public async Task Pulls_with_progress_and_builds_once()
    {
        await using var registry = await LocalRegistry.StartAsync(engine, engine.Port(31));
        await registry.PutAsync("page", "1", "text");
        Directory.CreateDirectory(engine.Folder + "/context");
        await File.WriteAllTextAsync(engine.Folder + "/context/Dockerfile", "FROM test/web:1\nCOPY page.html /www/index.html\n");
        await File.WriteAllTextAsync(engine.Folder + "/context/page.html", "built");
        var built = RealHome.Service("built", "h-s-built:built");
        var blueprint = home.Blueprint(RealHome.Service("page", registry.Name("page") + ":1"), built with { Image = built.Image with { Build = new() { Context = engine.Folder + "/context" } } });

        await home.UpAsync(blueprint);
        Assert.Contains(home.Progress, step => step is { Total: > 0 } && step.Done == step.Total);
        Assert.Contains(home.Progress, step => step.Words.Contains("COPY", StringComparison.Ordinal));
        Assert.Equal("", Words(await home.PlanAsync(blueprint)));

        await File.WriteAllTextAsync(engine.Folder + "/context/page.html", "built again");
        Assert.Contains("what it is built from changed", Words(await home.PlanAsync(blueprint)));
    }

    [Fact]
    public async Task Takes_over_a_running_container_with_an_empty_plan()
    {
        var created = await engine.Api.SendAsync(HttpMethod.Post, "containers/create?name=mine", JsonNode.Parse(
            """{ "Image": "test/web:1", "Cmd": ["httpd", "-f", "-p", "80", "-h", "/www"], "Env": ["A=1"], "HostConfig": { "NetworkMode": "none", "Binds": ["/tmp:/data:ro"], "RestartPolicy": { "Name": "unless-stopped" } } }"""));
        var id = (string?)created?["Id"] ?? "";
        await engine.Api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
        var service = RealHome.Service("mine", "test/web:1", RealHome.Settings() with
        {
            StopGracePeriod = TimeSpan.FromSeconds(10),
            Networks = ValueMap<NetworkAttachment>.Empty,
            NetworkMode = new(NetworkModeKind.None, ""),
            Restart = new(RestartCondition.UnlessStopped, 0),
            Environment = new[] { "A" }.ToValueMap(name => name, _ => Text.Literal("1")),
            Mounts = [new() { Kind = MountKind.Bind, Source = "/tmp", Target = "/data", IsReadOnly = true, CreatesHostPath = true }],
        }) with { Adopt = id };
        Assert.Equal("", Words(await home.PlanAsync(home.Blueprint(service))));
    }

    [Fact]
    public async Task A_socket_that_is_missing_refused_or_silent_is_told_apart()
    {
        async Task<MachineException> PingAsync(string address)
        {
            using var client = new EngineReadClient(new(address));
            return await Assert.ThrowsAsync<MachineException>(() => client.PingAsync(default));
        }

        Assert.Equal(MachineFailure.Unreachable, (await PingAsync("unix:///nowhere/docker.sock")).Kind);
        Assert.Contains("refused", (await PingAsync("tcp://127.0.0.1:9")).Words);
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var failure = await PingAsync($"tcp://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}");
        Assert.Equal(MachineFailure.TimedOut, failure.Kind);
        Assert.NotEqual("", failure.Next);
    }

    private static ContainerSettings Rich() => RealHome.Settings() with
    {
        Environment = new[] { "TZ" }.ToValueMap(name => name, _ => Text.Literal("UTC")),
        Labels = new[] { "a.label" }.ToValueMap(name => name, _ => "x"),
        User = "0:0",
        Hostname = "rich",
        Init = true,
        CapDrop = ["NET_RAW"],
        SharedMemory = ByteSize.FromMiB(32),
        Sysctls = new[] { "net.core.somaxconn" }.ToValueMap(name => name, _ => "512"),
        Ulimits = new[] { "nofile" }.ToValueMap(name => name, _ => new Ulimit(1024, 2048)),
        ExtraHosts = ["somewhere:192.0.2.1"],
        Resources = new() { Memory = ByteSize.FromMiB(64), Pids = 100 },
        Restart = new(RestartCondition.UnlessStopped, 0),
        Healthcheck = new() { Test = ["CMD", "true"], Interval = TimeSpan.FromMilliseconds(200), Retries = 2 },
        Mounts =
        [
            new() { Kind = MountKind.Volume, Source = "s/data", Target = "/data" },
            new() { Kind = MountKind.Tmpfs, Target = "/scratch", TmpfsOptions = "size=1m" },
            new() { Kind = MountKind.Content, Target = "/run/secrets/greeting", Content = Text.Literal("hello") },
        ],
    };

    private static string Words(ValueList<ResourceChange> changes) => string.Join('\n', changes.Select(change => $"{change.Action} {change.Resource} {change.Cause}: {string.Join("; ", change.Steps.Select(step => step.Summary))}"));

    private async Task<string> NamesAsync()
    {
        using var client = new EngineReadClient(new(engine.Address));
        return string.Join(' ', (await client.ListContainersAsync("homestack.home=h", default)).Select(container => container.Names[0].TrimStart('/')).Order(StringComparer.Ordinal));
    }
}
