using System.Runtime.InteropServices;

namespace Homestack.Machine;

/// <summary>Asks another process to end.</summary>
/// <remarks><para>Source: kill(2).</para></remarks>
public static partial class ProcessSignal
{
    private const int TerminateSignal = 15;

    /// <summary>False when it is gone already, or not ours to end.</summary>
    public static bool Terminate(int processId) => Kill(processId, TerminateSignal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
