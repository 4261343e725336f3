using System.Text;
using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.Machine;

namespace Homestack.EndToEnd.Secrecy;

/// <summary>What is secret is nowhere but where it must be: 64 canaries through a home's whole life.</summary>
public sealed class CanaryTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const string Vault = "secrets";
    private const string SignIn = ".docker";
    private const string MadeFiles = "run/files";

    private readonly Canaries canaries = new();
    private readonly List<string> leaks = [];

    [Fact]
    public async Task Sixty_four_canaries_are_found_nowhere_but_in_the_vault_and_in_their_own_containers()
    {
        await engine.ImportAsync("test/app:1", "test/app:2");
        await using var registry = await LocalRegistry.StartAsync(engine, engine.Port(31));
        await registry.PutAsync("private", "1", "private");
        using var files = new TemporaryHome();
        var command = new HomestackProcess(files.StateFolder, engine.Address);
        Plant(files, registry.Name("private"));
        Assert.Equal(64, canaries.Values.Count);
        await using var spy = new ProcessSpy(canaries);
        try
        {
            Write(files, registry.Name("private:1"), fails: false);
            var plan = files.Beside("plan.json");
            await CallAsync(command, 0, "validate", files.Folder, "--json");
            await CallAsync(command, 2, "plan", files.Folder, "--verbose");
            await CallAsync(command, 2, "plan", files.Folder, "--json", "--out", plan);
            Look("plan file", await File.ReadAllTextAsync(plan));
            await CallAsync(command, 0, "up", files.Folder, "-d", "--yes", "--verbose");
            await LookAtContainersAsync();
            LookAtState(files, Vault, SignIn, MadeFiles);

            Write(files, registry.Name("private:1"), fails: true);
            await CallAsync(command, 1, "up", files.Folder, "-d", "--yes", "--json");
            await CallAsync(command, 1, "up", files.Folder, "-d", "--yes", "--verbose");
            LookAtState(files, Vault, SignIn, MadeFiles);

            await engine.Api.SendAsync(HttpMethod.Post, "containers/canary-main-app/stop?t=0");
            await CallAsync(command, 2, "status", "--json");
            await CallAsync(command, 0, "generations", "--json");
            await CallAsync(command, 0, "rollback", "1", "--yes", "--json");
            await CallAsync(command, 0, "rollback", "1", "--yes", "--verbose");
            await LookAtContainersAsync();
            await CallAsync(command, 0, "down", files.Folder, "--yes", "--json");
            LookAtState(files, Vault, SignIn);
            await command.StopEngineAsync();
            LookAtState(files, Vault, SignIn);

            Assert.Empty(leaks.Concat(spy.Found).Distinct());
            Assert.True(spy.Rounds > 20);
            await ALeakIsFoundAsync(files, spy);
            Figures.Record("C4", $"64 canaries, {spy.Rounds} looks at all processes: 0 hits; 4 of 4 planted leaks found");
        }
        finally
        {
            await command.StopEngineAsync(Signals.Kill);
            await engine.EmptyAsync();
        }
    }

    /// <summary>Twelve of each kind, and four for registries.</summary>
    private void Plant(TemporaryHome files, string registry)
    {
        Directory.CreateDirectory(files.StateFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var store = new SecretStore(new RealDisk(), Path.Combine(files.StateFolder, Vault));
        foreach (var kind in new[] { "env", "url", "named", "file", "config" })
        {
            for (var number = 0; number < 10; number++)
            {
                store.Set($"{kind}-{number}", canaries.Make($"{kind}-{number}"));
            }
        }

        for (var number = 0; number < 10; number++)
        {
            files.Write($"keys/{number}.txt", canaries.Make($"key-{number}"));
        }

        var sites = new[] { registry.Split('/')[0], "ghcr.io", "registry.example.org", "https://index.docker.io/v1/" };
        var auths = new JsonObject();
        foreach (var (number, site) in sites.Index())
        {
            auths[site] = new JsonObject { ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("ana:" + canaries.Make($"registry-{number}"))) };
        }

        var folder = Directory.CreateDirectory(Path.Combine(files.StateFolder, SignIn));
        File.WriteAllText(Path.Combine(folder.FullName, "config.json"), new JsonObject { ["auths"] = auths }.ToJsonString());
    }

    /// <summary>When it fails it first says all that it knows, as a careless program does.</summary>
    private static void Write(TemporaryHome files, string image, bool fails)
    {
        var ten = Enumerable.Range(0, 10).ToArray();
        var talk = "env; echo login with $$PLAIN_0 or $${URL_0##*:}; cat /run/secrets/* /etc/made-*; echo; echo login with $$PLAIN_1 or $${URL_1##*:}; exit 3";
        files.Write("homestack.yaml", "homestack: 1\nhome: canary\nstacks: [stacks/main.yaml]\n");
        files.Write("stacks/main.yaml", $$"""
            services:
              app:
                image: test/app:{{(fails ? 2 : 1)}}
                stop_grace_period: 0s
                command: {{(fails ? $"[sh, -c, \"{talk}\"]" : "[sleep, \"100000\"]")}}
                environment:
            {{Lines("      ", ten.Select(number => $"PLAIN_{number}: \"${{secret:env-{number}}}\"").Concat(ten.Select(number => $"URL_{number}: \"http://ana@db:${{secret:url-{number}}}\"")))}}
                secrets: [{{string.Join(", ", ten.Select(number => $"file-{number}, key-{number}"))}}]
                configs:
            {{Lines("      ", ten.Select(number => $"- {{ source: made-{number}, target: /etc/made-{number} }}"))}}
                x-homestack: { secrets: { {{string.Join(", ", ten.Select(number => $"NAMED_{number}: named-{number}"))}} } }
              neighbour:
                image: test/app:1
                stop_grace_period: 0s
                command: [sleep, "100000"]
              private:
                image: {{image}}
                stop_grace_period: 0s
                command: [sleep, "100000"]
            secrets:
            {{Lines("  ", ten.Select(number => $"file-{number}: {{ external: true }}").Concat(ten.Select(number => $"key-{number}: {{ file: ../keys/{number}.txt }}")))}}
            configs:
            {{Lines("  ", ten.Select(number => $"made-{number}: {{ content: \"password = ${{secret:config-{number}}}\" }}"))}}

            """);
    }

    private static string Lines(string indent, IEnumerable<string> lines) => string.Join('\n', lines.Select(line => indent + line));

    private async Task CallAsync(HomestackProcess command, int code, params string[] arguments) =>
        Look("output of " + string.Join(' ', arguments.Where(argument => !argument.StartsWith('/'))), (await command.RunAsync(TimeSpan.FromMinutes(2), arguments)).Expect(code).Said);

    private void Look(string place, string text) => leaks.AddRange(canaries.FoundIn(text).Select(name => $"{place}: {name}"));

    private void LookAtState(TemporaryHome files, params string[] except) => leaks.AddRange(canaries.FoundBelow(files.StateFolder, except));

    /// <summary>The environment of one container alone may hold them, and no label.</summary>
    private async Task LookAtContainersAsync()
    {
        foreach (var container in (await engine.Api.GetAsync("containers/json?all=true")).AsArray())
        {
            var there = await engine.Api.GetAsync($"containers/{container?["Id"]}/json");
            if (((string?)there["Name"])?.EndsWith("-app", StringComparison.Ordinal) == true)
            {
                Assert.Equal(30, canaries.FoundIn(there["Config"]?["Env"]?.ToJsonString() ?? "").Count());
                there["Config"]?.AsObject().Remove("Env");
            }

            Look($"container {there["Name"]}", there.ToJsonString());
        }
    }

    /// <summary>The means that found nothing find what is there.</summary>
    private async Task ALeakIsFoundAsync(TemporaryHome files, ProcessSpy spy)
    {
        var canary = canaries.Values["url-3"];
        await File.WriteAllTextAsync(Path.Combine(files.StateFolder, "planted"), $"x {Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + canary))}");
        LookAtState(files, Vault, SignIn);
        Assert.Equal($"{files.StateFolder}/planted: url-3", Assert.Single(leaks));

        await engine.Api.SendAsync(HttpMethod.Post, "containers/create?name=planted", new JsonObject { ["Image"] = "test/app:1", ["Cmd"] = new JsonArray("true"), ["Labels"] = new JsonObject { ["note"] = canary } });
        await LookAtContainersAsync();
        Assert.Contains("container /planted: url-3", leaks);

        Look("output", canary + "\n");
        Assert.Contains("output: url-3", leaks);

        await using var talkative = RunningProgram.Start(["python3", "-c", "import time; time.sleep(20)", canary]);
        await Eventually.BecomesTrueAsync(() => spy.Found.Contains("arguments of python3: url-3"), TimeSpan.FromSeconds(15), "the arguments of a process are seen");
    }
}
