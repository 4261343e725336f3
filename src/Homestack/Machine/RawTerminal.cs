using System.Runtime.InteropServices;

namespace Homestack.Machine;

/// <summary>The terminal while a program in a container has it: every key goes through as it is typed. Disposing puts it back.</summary>
/// <remarks><para>Source: termios(3), cfmakeraw.</para></remarks>
public sealed partial class RawTerminal : IDisposable
{
    private const int Input = 0, Now = 0;

    /// <summary>Larger than <c>struct termios</c> on every architecture (60 bytes).</summary>
    private const int Size = 256;

    private readonly byte[] before = new byte[Size];

    private RawTerminal()
    {
    }

    /// <summary>Null when standard input is no terminal.</summary>
    public static RawTerminal? Take()
    {
        var terminal = new RawTerminal();
        if (GetAttributes(Input, terminal.before) != 0)
        {
            return null;
        }

        var raw = (byte[])terminal.before.Clone();
        MakeRaw(raw);
        return SetAttributes(Input, Now, raw) == 0 ? terminal : null;
    }

    public void Dispose() => _ = SetAttributes(Input, Now, before);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, byte[] attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, byte[] attributes);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte[] attributes);
}
