using System.Runtime.InteropServices;

namespace Homestack.Machine;

/// <summary>A program that outlives us: a session of its own, no input, its words in a file.</summary>
/// <remarks><para>Source: posix_spawn(3), with glibc's <c>POSIX_SPAWN_SETSID</c>. A process that is started the usual way keeps our pipes and our terminal.</para></remarks>
public sealed partial class DetachedProgram
{
    private const short SetSignalDefaults = 0x04, SetSession = 0x80;
    private const int ReadOnly = 0, AppendCreate = 0x1 | 0x40 | 0x400; // O_WRONLY | O_CREAT | O_APPEND
    private const uint OwnerOnly = 0x180; // 0600
    private const int DoNotWait = 1;

    /// <summary>Larger than glibc's opaque structures on every architecture (336 bytes at most).</summary>
    private const int OpaqueSize = 1024;

    private DetachedProgram(int processId) => ProcessId = processId;

    public int ProcessId { get; }

    /// <summary>True when it has ended already. Asks the kernel once: an ended child is also cleared away.</summary>
    public bool HasEnded() => WaitFor(ProcessId, out _, DoNotWait) != 0;

    /// <summary>Starts it and returns at once.</summary>
    /// <param name="line">Timeout, limit and input of the line are not used.</param>
    /// <param name="log">Absolute file that its output and complaints are appended to, made with mode 0600.</param>
    /// <exception cref="MachineException">It could not be started.</exception>
    public static DetachedProgram Start(CommandLine line, string log)
    {
        var files = Marshal.AllocHGlobal(OpaqueSize);
        var attributes = Marshal.AllocHGlobal(OpaqueSize);
        var signals = Marshal.AllocHGlobal(128);
        var words = new List<nint>();
        try
        {
            Check(line, FilesInit(files));
            Check(line, AttributesInit(attributes));
            Check(line, FilesOpen(files, 0, "/dev/null", ReadOnly, 0));
            Check(line, FilesOpen(files, 1, log, AppendCreate, OwnerOnly));
            Check(line, FilesDuplicate(files, 1, 2));

            // The runtime ignores SIGPIPE; an ignored signal stays ignored in the child unless it is put back.
            Marshal.Copy(Enumerable.Repeat((byte)0xFF, 8).Concat(Enumerable.Repeat((byte)0, 120)).ToArray(), 0, signals, 128);
            Check(line, AttributesSetDefaults(attributes, signals));
            Check(line, AttributesSetFlags(attributes, SetSignalDefaults | SetSession));
            Check(line, Spawn(out var processId, line.Program, files, attributes, Array(line.Arguments.Prepend(line.Program), words), Array(Variables(line), words)));
            return new(processId);
        }
        finally
        {
            words.ForEach(Marshal.FreeCoTaskMem);
            Marshal.FreeHGlobal(files);
            Marshal.FreeHGlobal(attributes);
            Marshal.FreeHGlobal(signals);
        }
    }

    private static IEnumerable<string> Variables(CommandLine line) =>
        ProcessEnvironment.Variables().Where(variable => !line.Environment.ContainsKey(variable.Key)).Concat(line.Environment.Where(variable => variable.Value.Length > 0))
            .Select(variable => $"{variable.Key}={variable.Value}");

    private static nint[] Array(IEnumerable<string> texts, List<nint> words)
    {
        var first = words.Count;
        words.AddRange(texts.Select(Marshal.StringToCoTaskMemUTF8));
        return [.. words.Skip(first), 0];
    }

    private static void Check(CommandLine line, int error)
    {
        if (error != 0)
        {
            throw new MachineException(line.ToString(), $"The program could not be started: {Marshal.GetPInvokeErrorMessage(error)}.", kind: error == 2 ? MachineFailure.NotFound : MachineFailure.Failed);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int processId, string file, nint fileActions, nint attributes, nint[] arguments, nint[] variables);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int FilesInit(nint files);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FilesOpen(nint files, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int FilesDuplicate(nint files, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int AttributesInit(nint attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int AttributesSetFlags(nint attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int AttributesSetDefaults(nint attributes, nint signals);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitFor(int processId, out int status, int options);
}
