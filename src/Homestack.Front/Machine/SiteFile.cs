using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Homestack.Front.Machine;

/// <summary>What was found beneath a folder that is served.</summary>
/// <param name="Handle">Open for reading; null for a folder.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Modified">To the nanosecond as the file system keeps it, in 100 ns.</param>
/// <param name="Mark">Differs when the file is another one: number and time of modification.</param>
internal sealed record SiteFile(SafeFileHandle? Handle, long Size, DateTimeOffset Modified, string Mark) : IDisposable
{
    private const long OpenBeneathCall = 437;
    private const int CurrentFolder = -100, EmptyPath = 0x1000, BasicStatus = 0x7FF;
    private const int PathOnly = 0x200000, CloseOnExec = 0x80000, NonBlocking = 0x800;
    private const ulong Beneath = 0x08, NoMagicLinks = 0x02;
    private const int TypeMask = 0xF000, TypeFile = 0x8000, TypeFolder = 0x4000;

    public bool IsFolder => Handle is null;

    /// <summary>Opens what is at a path. The kernel itself refuses to leave the folder, by <c>..</c> or by any link.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="path">Relative; empty for the folder itself.</param>
    /// <returns>Null when it is missing, outside, forbidden, or neither a file nor a folder.</returns>
    /// <remarks><para>Source: openat2(2), RESOLVE_BENEATH, since Linux 5.6; statx(2).</para></remarks>
    public static unsafe SiteFile? Open(string folder, string path)
    {
        using var root = Descriptor(OpenAt(CurrentFolder, Zeroed(folder), PathOnly | CloseOnExec, 0));
        if (root.IsInvalid)
        {
            return null;
        }

        var how = stackalloc ulong[3] { CloseOnExec | NonBlocking, 0, Beneath | NoMagicLinks };
        var handle = Descriptor((int)OpenBeneath(OpenBeneathCall, root.DangerousGetHandle(), Zeroed(path.Length == 0 ? "." : path), (nint)how, 3 * sizeof(ulong)));
        var status = stackalloc byte[256];
        if (handle.IsInvalid || Status((int)handle.DangerousGetHandle(), [0], EmptyPath, BasicStatus, (nint)status) != 0)
        {
            handle.Dispose();
            return null;
        }

        var type = *(ushort*)(status + 28) & TypeMask;
        var modified = DateTimeOffset.UnixEpoch.AddSeconds(*(long*)(status + 112)).AddTicks(*(uint*)(status + 120) / 100);
        if (type == TypeFile)
        {
            return new(handle, *(long*)(status + 40), modified, $"{*(ulong*)(status + 32):x}-{modified.Ticks:x}-{*(long*)(status + 40):x}");
        }

        handle.Dispose();
        return type == TypeFolder ? new(null, 0, modified, "") : null;
    }

    public void Dispose() => Handle?.Dispose();

    private static SafeFileHandle Descriptor(int descriptor) => new(descriptor, ownsHandle: true);

    private static byte[] Zeroed(string text) => Encoding.UTF8.GetBytes(text + "\0");

    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenAt(int folder, byte[] path, int flags, int mode);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long OpenBeneath(long call, nint folder, byte[] path, nint how, nint size);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(int folder, byte[] path, int flags, uint mask, nint status);
}
