using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Import;

/// <summary>What ran before Homestack came is taken over without a moment of standing still.</summary>
public sealed class ImportTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Running_containers_become_a_home_whose_plan_is_empty_and_a_change_keeps_their_data()
    {
        await engine.ImportAsync("test/web:1", "test/web:2", "test/db:1");
        using var old = new TemporaryHome();
        using var home = new TemporaryHome();
        await StartProjectAsync(old);
        await StartLooseAsync(old);
        var before = await RunningAsync();
        Assert.Equal(["blank", "dns", "fleeting", "my-server", "photos_db_1", "photos_sidecar_1"], before.Keys.Order(StringComparer.Ordinal));
        var homestack = new HomestackProcess(home.StateFolder, engine.Address);
        var folder = home.Beside("krynet");

        try
        {
            await TakeOverAsync(homestack, home, folder, before);
        }
        finally
        {
            await homestack.StopEngineAsync();
            await engine.EmptyAsync();
        }
    }

    private async Task TakeOverAsync(HomestackProcess homestack, TemporaryHome home, string folder, SortedDictionary<string, string> before)
    {
        var imported = (await homestack.RunAsync("import", "--out", folder)).Expect(0);

        Assert.Contains("fleeting was left out: it removes itself", imported.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", string.Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
        Assert.Equal("geheim$1", await File.ReadAllTextAsync(Path.Combine(home.StateFolder, "secrets/photos-server-db-password")));
        var plan = await homestack.RunAsync("plan", folder);
        Assert.True(plan.ExitCode == 0, $"{plan}\n{imported}\n{string.Join('\n', Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(File.ReadAllText))}");
        Assert.Equal(before, await RunningAsync());

        // The imported files are plain Compose files for any other program.
        foreach (var stack in Directory.EnumerateFiles(Path.Combine(folder, "stacks")))
        {
            await ComposeAsync(stack, "config", "--quiet");
        }

        // Taking over moves nothing.
        (await homestack.RunAsync(Limit, "up", folder, "-d", "--yes")).Expect(0);
        Assert.Equal(before, await RunningAsync());
        (await homestack.RunAsync("import", "--out", folder)).Expect(1);

        // The first changed line makes the container ours; what it wrote stays.
        var library = (string?)(await engine.Api.GetAsync("volumes/photos_library"))["Mountpoint"] ?? "";
        await File.WriteAllTextAsync(Path.Combine(library, "holiday.jpg"), "sea");
        var file = Path.Combine(folder, "stacks/photos.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("image: test/web:1", "image: test/web:2", StringComparison.Ordinal));
        (await homestack.RunAsync("plan", folder)).Expect(2);
        (await homestack.RunAsync(Limit, "up", folder, "-d", "--yes")).Expect(0);

        var after = await RunningAsync();
        Assert.False(after.ContainsKey("my-server"));
        Assert.Equal(before["photos_db_1"], after["photos_db_1"]);
        Assert.Equal(before["dns"], after["dns"]);
        var successor = await engine.Api.GetAsync("containers/krynet-photos-server/json");
        Assert.Equal("test/web:2", (string?)successor["Config"]?["Image"]);
        Assert.Contains("DB_PASSWORD=geheim$1", successor["Config"]?["Env"]?.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(successor["Mounts"]?.AsArray() ?? [], mount => (string?)mount?["Name"] == "photos_library");
        Assert.Equal("sea", await File.ReadAllTextAsync(Path.Combine(library, "holiday.jpg")));
        using var client = new HttpClient();
        Assert.Equal("test/web:2", await client.GetStringAsync(new Uri($"http://127.0.0.1:{engine.Port(0)}/")));
        (await homestack.RunAsync("plan", folder)).Expect(0);
    }

    /// <summary>Everything that people write, with the program that they used until now.</summary>
    private async Task StartProjectAsync(TemporaryHome old)
    {
        old.Write("photos/docker-compose.yml", $$"""
            version: "3.8"
            services:
              server:
                image: test/web:1
                container_name: my-server
                command: ["httpd", "-f", "-p", "80", "-h", "/www"]
                environment:
                  DB_PASSWORD: geheim$$1
                  GREETING: "hello: $$HOME #1"
                  TZ: Europe/Bucharest
                ports: ["127.0.0.1:{{engine.Port(0)}}:80", "{{engine.Port(1)}}:81/udp"]
                volumes:
                  - library:/data
                  - ./import:/import:ro
                  - /cache
                tmpfs: ["/scratch:size=1m,noexec"]
                labels: { org.example.owner: ana }
                restart: unless-stopped
                healthcheck: { test: ["CMD", "true"], interval: 30s, timeout: 5s, retries: 2 }
                depends_on: [db]
                mem_limit: 64m
                cpus: 0.5
                cap_add: [NET_BIND_SERVICE]
                cap_drop: [SYS_CHROOT]
                ulimits: { nofile: { soft: 1024, hard: 2048 } }
                logging: { driver: json-file, options: { max-size: 1m } }
                stop_grace_period: 2s
                extra_hosts: ["printer:192.0.2.9"]
                networks:
                  default: { aliases: [web] }
                  back: {}
              db:
                image: test/db:1
                entrypoint: ["sleep"]
                command: ["100000"]
                user: "1000:1000"
                working_dir: /tmp
                stop_signal: SIGKILL
                volumes: ["db:/var/lib/db"]
                networks: [back]
              sidecar:
                image: test/db:1
                entrypoint: ["sleep", "100000"]
                network_mode: service:server
                stop_grace_period: 1s
            volumes: { library: {}, db: {} }
            networks: { back: {} }
            """);
        await ComposeAsync(Path.Combine(old.Folder, "photos/docker-compose.yml"), "up", "-d");
    }

    private async Task StartLooseAsync(TemporaryHome old)
    {
        await engine.Api.SendAsync(HttpMethod.Post, "networks/create", JsonNode.Parse("""{ "Name": "lan", "IPAM": { "Config": [ { "Subnet": "10.123.7.0/24" } ] } }"""));
        await RunAsync("dns", $$"""
            {
              "Image": "test/db:1", "Cmd": ["sleep", "100000"], "Env": ["ADMIN_TOKEN=abc", "MODE=fast"], "Hostname": "resolver", "Tty": true, "StopTimeout": 1,
              "Volumes": { "/var/cache": {} }, "ExposedPorts": { "53/udp": {} }, "Labels": { "note": "a $dollar" },
              "HostConfig": {
                "NetworkMode": "lan", "Binds": ["{{old.Folder}}/etc/:/etc/dns:ro"], "Mounts": [ { "Type": "volume", "Source": "zones", "Target": "/zones" }, { "Type": "tmpfs", "Target": "/t", "TmpfsOptions": { "SizeBytes": 1048576 } } ],
                "RestartPolicy": { "Name": "on-failure", "MaximumRetryCount": 3 }, "ReadonlyRootfs": true, "Init": true, "PidsLimit": 50, "ShmSize": 1048576, "OomScoreAdj": 100,
                "SecurityOpt": ["no-new-privileges"], "Sysctls": { "net.ipv4.ip_unprivileged_port_start": "0" }, "Dns": ["192.0.2.1"], "GroupAdd": ["44"], "CpuShares": 512,
                "Devices": [ { "PathOnHost": "/dev/null", "PathInContainer": "/dev/nothing", "CgroupPermissions": "rw" } ]
              },
              "NetworkingConfig": { "EndpointsConfig": { "lan": { "IPAMConfig": { "IPv4Address": "10.123.7.53" }, "Aliases": ["ns1"] } } }
            }
            """);
        await RunAsync("blank", """{ "Image": "test/db:1", "Cmd": ["sleep", "100000"], "HostConfig": { "NetworkMode": "none" } }""");
        await RunAsync("fleeting", """{ "Image": "test/db:1", "Cmd": ["sleep", "100000"], "HostConfig": { "NetworkMode": "lan", "AutoRemove": true } }""");
    }

    private async Task RunAsync(string name, string body)
    {
        var created = await engine.Api.SendAsync(HttpMethod.Post, $"containers/create?name={name}", JsonNode.Parse(body));
        await engine.Api.SendAsync(HttpMethod.Post, $"containers/{created?["Id"]}/start");
    }

    private async Task ComposeAsync(string file, params IEnumerable<string> arguments) =>
        (await RunningProgram.RunAsync(["docker-compose", "--file", file, .. arguments], Limit, new Dictionary<string, string?> { ["DOCKER_HOST"] = engine.Address })).Expect(0);

    /// <summary>Name → id and the moment of the last start.</summary>
    private async Task<SortedDictionary<string, string>> RunningAsync()
    {
        var running = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var summary in (await engine.Api.GetAsync("containers/json")).AsArray())
        {
            var container = await engine.Api.GetAsync($"containers/{summary?["Id"]}/json");
            running[((string?)container["Name"] ?? "").TrimStart('/')] = $"{container["Id"]} since {container["State"]?["StartedAt"]}";
        }

        return running;
    }
}
