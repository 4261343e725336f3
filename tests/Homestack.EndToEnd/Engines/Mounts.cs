using System.Runtime.InteropServices;

namespace Homestack.EndToEnd.Engines;

/// <summary>mount(2) and umount2(2).</summary>
internal static partial class Mounts
{
    private const int DetachFlag = 2;

    /// <summary>Lazily: what still uses it keeps it.</summary>
    public static void Detach(string path) => UmountRaw(path, DetachFlag);

    /// <summary>A file system in memory of at most <paramref name="bytes"/>.</summary>
    public static void MountMemory(string path, long bytes)
    {
        Directory.CreateDirectory(path);
        Assert.Equal(0, MountRaw("tmpfs", path, "tmpfs", 0, FormattableString.Invariant($"size={bytes}")));
    }

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int UmountRaw(string path, int flags);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MountRaw(string source, string target, string type, nuint flags, string data);
}
