using System.Runtime.InteropServices;

namespace Homestack.Machine;

/// <summary>The calls of libc that .NET has no trustworthy form of.</summary>
/// <remarks>.NET's <c>Flush(true)</c> and <c>RandomAccess.FlushToDisk</c> return without an exception when fsync fails, so they are never used.
/// <para>Source: open(2), write(2), fsync(2), rename(2), flock(2), statx(2); numbers from the Linux headers, the same on x86-64 and arm64.</para></remarks>
internal static partial class LibC
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Truncate = 0x200;
    public const int Append = 0x400;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    public const int CurrentFolder = -100;
    public const int EmptyPath = 0x1000;
    public const uint BasicStats = 0x7ff;

    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int WouldBlock = 11;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int NotAFolder = 20;
    public const int ReadOnlyFileSystem = 30;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int SetLength(int descriptor, long length);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFolder(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "remove", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Remove(string path);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(int descriptor, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeMode(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int ExtendedStatus(int descriptor, string path, int flags, uint mask, byte* status);

    /// <summary>Kind and size of an open file or, with <see cref="CurrentFolder"/>, of a path. False: see the last error.</summary>
    public static unsafe bool Status(int descriptor, string path, out DiskEntry entry, out long size)
    {
        // struct statx: stx_mode is a u16 at 28, stx_size a u64 at 40; the same on every architecture.
        var status = stackalloc byte[256];
        (entry, size) = (DiskEntry.Nothing, 0);
        if (ExtendedStatus(descriptor, path, path.Length == 0 ? EmptyPath : 0, BasicStats, status) != 0)
        {
            return false;
        }

        entry = (*(ushort*)(status + 28) & 0xF000) switch
        {
            0x8000 => DiskEntry.File,
            0x4000 => DiskEntry.Folder,
            _ => DiskEntry.Other,
        };
        size = *(long*)(status + 40);
        return true;
    }

    /// <summary>Whose an open file is, and who may do what with it. False: see the last error.</summary>
    public static unsafe bool Owner(int descriptor, out uint user, out uint group, out UnixFileMode mode)
    {
        // stx_uid is a u32 at 20, stx_gid at 24.
        var status = stackalloc byte[256];
        (user, group, mode) = (0, 0, UnixFileMode.None);
        if (ExtendedStatus(descriptor, "", EmptyPath, BasicStats, status) != 0)
        {
            return false;
        }

        (user, group, mode) = (*(uint*)(status + 20), *(uint*)(status + 24), (UnixFileMode)(*(ushort*)(status + 28) & 0x1FF));
        return true;
    }

    /// <summary>The last error as an exception.</summary>
    /// <param name="call">What was tried, such as <c>rename /a</c>.</param>
    /// <param name="isSync">An fsync: the storage is broken whatever the number.</param>
    public static MachineException Failure(string call, bool isSync = false)
    {
        var number = Marshal.GetLastPInvokeError();
        var kind = number switch
        {
            _ when isSync => MachineFailure.StorageBroken,
            NoEntry => MachineFailure.NotFound,
            NotPermitted or AccessDenied or ReadOnlyFileSystem => MachineFailure.Denied,
            Exists => MachineFailure.Conflict,
            _ => MachineFailure.Failed,
        };
        var next = isSync ? "Look at the disk (dmesg), then start again: what was recorded before is safe." : "";
        return new(call, $"{Marshal.GetPInvokeErrorMessage(number)} (errno {number}).", next, kind);
    }
}
