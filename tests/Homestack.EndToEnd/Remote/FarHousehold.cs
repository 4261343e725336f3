using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Remote;

/// <summary>A home whose hosts are elsewhere, with a command that finds the ssh of <see cref="SshServer"/> first.</summary>
internal sealed class FarHousehold : IAsyncDisposable
{
    private readonly FarEngine far;
    private readonly string name;

    public FarHousehold(FarEngine far, string name)
    {
        this.far = far;
        this.name = name;
        Command = new HomestackProcess(Files.StateFolder, far.Near.Address) { Prefix = ["env", $"PATH={far.Ssh.ProgramFolder}:{Environment.GetEnvironmentVariable("PATH")}"] };
    }

    public TemporaryHome Files { get; } = new();

    public HomestackProcess Command { get; }

    /// <summary>Names of its stacks.</summary>
    public IReadOnlyList<string> Stacks { get; init; } = ["main"];

    /// <summary>One host, which every service is on.</summary>
    /// <param name="connect">Of the host "far".</param>
    /// <param name="tls">Folder of certificates.</param>
    public FarHousehold On(string connect, string tls = "") => Hosts($"  far: {{ connect: \"{connect}\"{(tls.Length > 0 ? $", tls: \"{tls}\"" : "")} }}");

    /// <param name="lines">Of <c>hosts:</c>, indented.</param>
    public FarHousehold Hosts(params IEnumerable<string> lines)
    {
        Files.Write("homestack.yaml", $"homestack: 1\nhome: {name}\nhosts:\n{string.Join('\n', lines)}\nstacks: [{string.Join(", ", Stacks.Select(stack => $"stacks/{stack}.yaml"))}]\n");
        return this;
    }

    public FarHousehold Write(StackText stack, string name = "main")
    {
        Files.Write($"stacks/{name}.yaml", stack.ToString());
        return this;
    }

    public Task<CallResult> PlanAsync() => Command.RunAsync("plan", Files.Folder);

    /// <summary>Plans into a file and carries it out, without leaving a process behind.</summary>
    public async Task ConvergeAsync()
    {
        var file = Files.Beside("plan.json");
        (await Command.RunAsync("plan", Files.Folder, "--out", file)).Expect(2);
        (await Command.RunAsync("apply", file, "--yes")).Expect(0);
    }

    public async ValueTask DisposeAsync()
    {
        await Command.StopEngineAsync(Signals.Kill);
        await far.Engine.EmptyAsync();
        await far.Near.EmptyAsync();
        Files.Dispose();
    }
}
