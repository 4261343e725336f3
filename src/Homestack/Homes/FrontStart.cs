using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.Homes;

/// <summary>Starts the front of a state folder, and ends it.</summary>
/// <param name="stateFolder">Absolute.</param>
/// <param name="program">Absolute path of <c>homestack-front</c>.</param>
public sealed class FrontStart(string stateFolder, string program)
{
    private const string User = "homestack";
    private const string Capabilities = "-all,+net_bind_service";

    /// <summary>Bytes, hexadecimal, that the front's new objects may take before the first look at what is still needed: 16 MiB. Left alone, the runtime takes as much as the processor's cache.</summary>
    private const string NewMemory = "1000000";

    /// <summary>Of the engine's variables the front gets these and no others.</summary>
    private static readonly ValueList<string> Kept = ["PATH", "LANG", "TZ", "DOTNET_ROOT"];

    private readonly RealDisk disk = new();

    /// <summary>Starts it in the background. As root it becomes a user of its own that may bind low ports and nothing else.</summary>
    /// <remarks><para>Source: setpriv(1); capabilities(7), <c>CAP_NET_BIND_SERVICE</c>.</para></remarks>
    /// <exception cref="MachineException">It could not be started.</exception>
    public async Task<DetachedProgram> StartAsync(CancellationToken cancellationToken)
    {
        var folder = FrontAddress.FolderOf(stateFolder);
        ValueList<string> own = ["--folder", folder];
        if (!ProcessEnvironment.IsRoot)
        {
            disk.MakeFolders(folder);
            return Start(new CommandLine(program, own));
        }

        var user = await SystemUser.EnsureAsync(User, disk, new CommandRunner(), cancellationToken).ConfigureAwait(false);
        user.Give(folder, disk);

        // Built in somebody's own folder, which is closed to others: the front gets a copy of its own.
        var reachable = SystemUser.ClosedOnTheWayTo(program) is null ? program : ProgramCopy.Make(program, Path.Combine(stateFolder, "programs"));
        return Start(new CommandLine("setpriv",
        [
            "--reuid", user.Name, "--regid", user.Name, "--clear-groups", "--no-new-privs",
            "--inh-caps", Capabilities, "--ambient-caps", Capabilities, "--bounding-set", Capabilities,
            reachable, .. own,
        ]));
    }

    /// <summary>Asks the front that listens to end; false when none does.</summary>
    public static bool End(string stateFolder) => SocketProbe.ListenerOf(FrontAddress.SocketOf(stateFolder)) is { } front && ProcessSignal.Terminate(front.ProcessId);

    private DetachedProgram Start(CommandLine line) => DetachedProgram.Start(line with
    {
        Environment = ProcessEnvironment.Variables().Keys.Where(name => !Kept.Contains(name)).Select(name => KeyValuePair.Create(name, ""))
            .Append(KeyValuePair.Create("DOTNET_EnableDiagnostics", "0")).Append(KeyValuePair.Create("DOTNET_GCgen0size", NewMemory)).DistinctBy(variable => variable.Key).ToValueMap(),
    }, FrontAddress.LogOf(stateFolder));
}
