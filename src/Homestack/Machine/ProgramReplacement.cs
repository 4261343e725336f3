using System.Runtime.InteropServices;

namespace Homestack.Machine;

/// <summary>Becomes another program: same process, same terminal, same place among its parent's children.</summary>
/// <remarks><para>Source: execv(3).</para></remarks>
public static partial class ProgramReplacement
{
    /// <summary>Does not return.</summary>
    /// <exception cref="MachineException">The program could not be started; this process goes on.</exception>
    public static void Become(CommandLine line)
    {
        nint[] words = [.. line.Arguments.Prepend(line.Program).Select(Marshal.StringToCoTaskMemUTF8), 0];
        _ = Execute(line.Program, words);
        throw new MachineException(line.ToString(), $"The program could not be started: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, nint[] arguments);
}
