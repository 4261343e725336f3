using System.Runtime.InteropServices;

namespace Homestack.NameServer.Listeners;

/// <summary>Calls of Linux that take several datagrams at once.</summary>
internal static partial class LibC
{
    /// <summary>recvmmsg: wait for the first datagram only.</summary>
    public const int WaitForOne = 0x10000;

    /// <summary>shutdown: both directions.</summary>
    public const int ShutBoth = 2;

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static unsafe partial int ReceiveMany(SafeHandle socket, MessageHeader* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static unsafe partial int SendMany(SafeHandle socket, MessageHeader* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(SafeHandle socket, int how);

    /// <summary>struct iovec.</summary>
    public unsafe struct Segment
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary>struct mmsghdr of 64-bit Linux.</summary>
    public unsafe struct MessageHeader
    {
        public byte* Address;
        public uint AddressLength;
        public Segment* Segments;
        public nuint SegmentCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
        public int Padding;
        public uint Length;
    }
}
