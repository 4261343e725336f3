using System.Runtime.InteropServices;

namespace Homestack.Machine;

/// <summary>A lock between processes. The kernel gives it up when its holder ends, however it ends, so a dead holder never blocks.</summary>
/// <remarks><para>Source: flock(2).</para></remarks>
public sealed class FileLock : IDisposable
{
    private const int Mode = 0x180; // 0600

    private readonly RealFile file;

    private FileLock(RealFile file) => this.file = file;

    /// <summary>Null when another holds it.</summary>
    public static FileLock? TryTake(string path, ReadOnlySpan<byte> holder)
    {
        var file = RealFile.Open(path, LibC.ReadWrite | LibC.Create, Mode);
        try
        {
            if (LibC.Lock(file.Descriptor, LibC.LockExclusive | LibC.LockNonBlocking) != 0)
            {
                var isHeld = Marshal.GetLastPInvokeError() == LibC.WouldBlock;
                var failure = LibC.Failure($"flock {path}");
                file.Dispose();
                return isHeld ? null : throw failure;
            }

            file.Truncate(0);
            file.Write(holder);
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => file.Dispose();
}
