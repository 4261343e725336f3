using System.Runtime.InteropServices;

namespace Homestack.EndToEnd.Programs;

/// <summary>kill(2).</summary>
internal static partial class Signals
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15;

    /// <summary>False when there is no such process any more.</summary>
    public static bool Send(int process, int number) => SendRaw(process, number) == 0;

    public static bool IsAlive(int process) => SendRaw(process, 0) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendRaw(int process, int number);
}
