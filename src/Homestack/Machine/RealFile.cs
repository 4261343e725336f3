using System.Runtime.InteropServices;

namespace Homestack.Machine;

/// <summary>An open file of the machine, by its descriptor.</summary>
internal sealed class RealFile : IDiskFile
{
    private readonly string path;
    private int descriptor;

    private RealFile(string path, int descriptor)
    {
        this.path = path;
        this.descriptor = descriptor;
    }

    public int Descriptor => descriptor;

    public static RealFile Open(string path, int flags, int mode)
    {
        int descriptor;
        do
        {
            descriptor = LibC.Open(path, flags | LibC.CloseOnExec, mode);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted);
        return descriptor >= 0 ? new(path, descriptor) : throw LibC.Failure($"open {path}");
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        DiskThread.Run(() => WriteAll(copy));
    }

    public void Sync()
    {
        DiskThread.Run(() =>
        {
            int result;
            do
            {
                result = LibC.Sync(descriptor);
            }
            while (result != 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted);
            if (result != 0)
            {
                throw LibC.Failure($"fsync {path}", isSync: true);
            }
        });
    }

    public void Truncate(long length) => DiskThread.Run(() =>
    {
        if (LibC.SetLength(descriptor, length) != 0)
        {
            throw LibC.Failure($"ftruncate {path}");
        }
    });

    /// <summary>Everything in the file, from where it stands.</summary>
    /// <param name="limit">Largest size, in bytes; checked before the first byte is read, and again while reading because a file can grow.</param>
    public unsafe byte[] ReadAll(long limit)
    {
        if (!LibC.Status(descriptor, "", out var entry, out var size))
        {
            throw LibC.Failure($"stat {path}");
        }

        if (entry != DiskEntry.File)
        {
            throw new MachineException($"read {path}", entry == DiskEntry.Folder ? "This is a folder, not a file." : "This is a device or pipe, not a file.", kind: MachineFailure.Conflict);
        }

        var isTooLarge = size > limit;
        var bytes = new byte[isTooLarge ? 0 : size + 1];
        var filled = 0;
        while (!isTooLarge)
        {
            nint got;
            fixed (byte* start = bytes)
            {
                got = LibC.Read(descriptor, start + filled, bytes.Length - filled);
            }

            if (got == 0)
            {
                return bytes[..filled];
            }

            if (got > 0)
            {
                filled += (int)got;
                isTooLarge = filled > limit;
                if (filled == bytes.Length)
                {
                    Array.Resize(ref bytes, bytes.Length * 2);
                }
            }
            else if (Marshal.GetLastPInvokeError() != LibC.Interrupted)
            {
                throw LibC.Failure($"read {path}");
            }
        }

        throw new MachineException($"read {path}", $"The file is larger than {limit:N0} bytes.", kind: MachineFailure.Failed);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref descriptor, -1) is >= 0 and var open)
        {
            // The result is not looked at: everything that must last was fsynced before, and the descriptor is gone either way (close(2), Linux).
            _ = LibC.Close(open);
        }
    }

    /// <summary>Goes on after a partial write and after a signal.</summary>
    private unsafe void WriteAll(byte[] bytes)
    {
        var written = 0;
        fixed (byte* start = bytes)
        {
            while (written < bytes.Length)
            {
                var count = LibC.Write(descriptor, start + written, bytes.Length - written);
                if (count >= 0)
                {
                    written += (int)count;
                }
                else if (Marshal.GetLastPInvokeError() != LibC.Interrupted)
                {
                    throw LibC.Failure($"write {path}");
                }
            }
        }
    }
}
