namespace Homestack.EndToEnd.Programs;

/// <summary>The published <c>homestack</c> as a person would call it, with a state folder of its own.</summary>
/// <param name="stateFolder">Given as <c>--state</c> with every call.</param>
/// <param name="dockerHost">Becomes <c>DOCKER_HOST</c>; null: the variable is not set.</param>
internal sealed class HomestackProcess(string stateFolder, string? dockerHost = null)
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(60);

    public string StateFolder => stateFolder;

    /// <summary>Put before the program: <c>strace …</c>, <c>setpriv …</c>.</summary>
    public IReadOnlyList<string> Prefix { get; init; } = [];

    /// <summary>The same home and state with something put before the program.</summary>
    public HomestackProcess Under(params IEnumerable<string> prefix) => new(stateFolder, dockerHost) { Prefix = [.. prefix] };

    /// <summary>The same state, with the engine looked for at another place.</summary>
    public HomestackProcess Through(string? otherDockerHost) => new(stateFolder, otherDockerHost) { Prefix = Prefix };

    /// <summary>Runs one call to its end.</summary>
    public Task<CallResult> RunAsync(params IEnumerable<string> arguments) => RunAsync(UsualLimit, arguments);

    public async Task<CallResult> RunAsync(TimeSpan limit, params IEnumerable<string> arguments)
    {
        await using var program = Start(arguments);
        return await program.EndAsync(limit);
    }

    /// <summary>Begins one call.</summary>
    public RunningProgram Start(params IEnumerable<string> arguments) =>
        RunningProgram.Start([.. Prefix, Repository.Program, .. arguments, "--state", stateFolder], Surroundings());

    /// <summary>Ends the background engine of this state folder, when one runs, and waits for its end.</summary>
    public async Task StopEngineAsync(int signal = Signals.Terminate)
    {
        foreach (var process in EngineProcesses())
        {
            Signals.Send(process, signal);
        }

        await Eventually.BecomesTrueAsync(() => EngineProcesses().Count == 0, TimeSpan.FromSeconds(20), "the background engine ends after its signal");
    }

    /// <summary>The processes <c>homestack-engine</c> that were given this state folder.</summary>
    public IReadOnlyList<int> EngineProcesses() => ProcessTable.Find("homestack-engine", stateFolder);

    private Dictionary<string, string?> Surroundings() => new()
    {
        ["DOCKER_HOST"] = dockerHost,
        ["HOME"] = stateFolder,
        ["XDG_STATE_HOME"] = null,
        ["XDG_RUNTIME_DIR"] = null,
        ["TERM"] = "dumb",
        ["NO_COLOR"] = "1",
    };
}
