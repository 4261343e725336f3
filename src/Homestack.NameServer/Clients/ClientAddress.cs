using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Homestack.NameServer.Clients;

/// <summary>Where a question came from, as numbers; an IPv4 address inside an IPv6 one counts as IPv4.</summary>
/// <param name="High">The upper half of an IPv6 address; 0 for IPv4.</param>
/// <param name="Low">The lower half, or the IPv4 address in its upper 32 bits.</param>
internal readonly record struct ClientAddress(bool IsIPv4, ulong High, ulong Low)
{
    private const ulong MappedPrefix = 0xFFFF;

    public static ClientAddress From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork ? FromIPv4(bytes) : FromIPv6(bytes);
    }

    public static ClientAddress FromIPv4(ReadOnlySpan<byte> bytes) => new(true, 0, (ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 32);

    public static ClientAddress FromIPv6(ReadOnlySpan<byte> bytes)
    {
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return high == 0 && low >> 32 == MappedPrefix ? new ClientAddress(true, 0, low << 32) : new ClientAddress(false, high, low);
    }

    /// <summary>A number for the network that one household or one line has: /24 of IPv4, /56 of IPv6.</summary>
    public ulong Network => IsIPv4 ? Low >> 40 : High >> 8 | 1UL << 63;

    public IPAddress ToAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, IsIPv4 ? Low : High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new IPAddress(IsIPv4 ? bytes[..4] : bytes);
    }
}
