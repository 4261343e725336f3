using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Worlds;
using Homestack.Homes;

namespace Homestack.EndToEnd.Stories;

/// <summary>One home on one engine, with the command that drives it.</summary>
internal sealed class Household : IAsyncDisposable
{
    private readonly TemporaryHome files = new();

    public Household(DockerEngine engine, string name = "story")
    {
        Engine = engine;
        Command = new HomestackProcess(files.StateFolder, engine.Address);
        files.Write("homestack.yaml", $"""
            homestack: 1
            home: {name}
            stacks: [stacks/main.yaml]

            """);
    }

    public DockerEngine Engine { get; }

    public TemporaryHome Files => files;

    /// <summary>Finds the engine through <c>DOCKER_HOST</c>.</summary>
    public HomestackProcess Command { get; }

    /// <summary>Writes the one stack of this home.</summary>
    public Household Write(StackText stack)
    {
        files.Write("stacks/main.yaml", stack.ToString());
        return this;
    }

    /// <summary>Plans into a file, expecting changes; the file.</summary>
    public async Task<string> PlanToFileAsync(HomestackProcess? command = null)
    {
        var file = files.Beside("plan.json");
        (await (command ?? Command).RunAsync("plan", files.Folder, "--out", file)).Expect(2);
        return file;
    }

    public Task<CallResult> UpAsync() => Command.RunAsync("up", files.Folder, "-d", "--yes");

    public Task<CallResult> PlanAsync() => Command.RunAsync("plan", files.Folder);

    /// <summary>Plans into a file and applies it in one process, when there is something to do; no background engine is started.</summary>
    public async Task<CallResult> ConvergeAsync(HomestackProcess? applier = null)
    {
        var file = files.Beside("plan.json");
        var planned = await Command.RunAsync("plan", files.Folder, "--out", file);
        return planned.ExitCode == 2 ? await (applier ?? Command).RunAsync("apply", file, "--yes") : planned;
    }

    public Task<string> WorldAsync() => World.DescribeAsync(Engine.Api);

    /// <summary>The container of a service, by its label.</summary>
    public async Task<string> ContainerAsync(string service)
    {
        var containers = await Engine.Api.GetAsync("containers/json?all=true");
        return containers.AsArray().Where(container => $"{container?["Names"]?[0]}".EndsWith("-" + service, StringComparison.Ordinal)).Select(container => (string?)container?["Id"] ?? "").Single();
    }

    /// <summary>The front page of a container, at its own address on its bridge.</summary>
    public async Task<Uri> PageOfAsync(string service)
    {
        var container = await Engine.Api.GetAsync($"containers/{await ContainerAsync(service)}/json");
        var networks = container["NetworkSettings"]?["Networks"]?.AsObject() ?? [];
        return new Uri($"http://{networks.Select(network => (string?)network.Value?["IPAddress"] ?? "").First(address => address.Length > 0)}/");
    }

    /// <summary>Neither containers nor volumes nor state: as on the first day.</summary>
    public async Task ForgetAsync()
    {
        await Command.StopEngineAsync(Signals.Kill);
        await Engine.EmptyAsync();
        files.ForgetState();
    }

    public async ValueTask DisposeAsync()
    {
        await Command.StopEngineAsync(Signals.Kill);
        FrontStart.End(Files.StateFolder);
        await Engine.EmptyAsync();
        files.Dispose();
    }
}
