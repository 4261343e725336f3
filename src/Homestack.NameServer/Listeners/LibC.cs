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

    /// <summary>struct mmsghdr of 64-bit Linux: msghdr with its padding, then the length.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public unsafe struct MessageHeader
    {
        [FieldOffset(0)]
        public byte* Address;

        [FieldOffset(8)]
        public uint AddressLength;

        [FieldOffset(16)]
        public Segment* Segments;

        [FieldOffset(24)]
        public nuint SegmentCount;

        [FieldOffset(32)]
        public void* Control;

        [FieldOffset(40)]
        public nuint ControlLength;

        [FieldOffset(48)]
        public int Flags;

        [FieldOffset(56)]
        public uint Length;
    }
}
