using System.Buffers.Binary;

namespace Homestack.NameServer.Resolution;

/// <summary>Addresses that a public name must not have: behind them are the machines of the house.</summary>
/// <remarks><para>Source: RFC 1918; RFC 1122 §3.2.1.3; RFC 3927; RFC 4193; RFC 4291 §2.5; RFC 6052 (NAT64); RFC 9460 §7.3 (hints).</para></remarks>
internal static class PrivateAddresses
{
    public static bool Holds(RecordType type, ReadOnlySpan<byte> value) => type switch
    {
        RecordType.A => value.Length == 4 && IsPrivate4(value),
        RecordType.Aaaa => value.Length == 16 && IsPrivate6(value),
        RecordType.Svcb or RecordType.Https => HasPrivateHint(value),
        _ => false,
    };

    private static bool IsPrivate4(ReadOnlySpan<byte> address) => (address[0], address[1]) switch
    {
        (0 or 10 or 127, _) => true,
        (172, >= 16 and < 32) or (192, 168) or (169, 254) => true,
        _ => false,
    };

    private static bool IsPrivate6(ReadOnlySpan<byte> address)
    {
        var high = BinaryPrimitives.ReadUInt64BigEndian(address);
        var low = BinaryPrimitives.ReadUInt64BigEndian(address[8..]);
        return (high == 0 && (low <= 1 || low >> 32 is 0xFFFF or 0) && (low >> 32 == 0 || IsPrivate4(address[12..])))
            || (address[0] & 0xFE) == 0xFC
            || (address[0] == 0xFE && address[1] >= 0x80)
            || (high == 0x0064_FF9B_0000_0000 && IsPrivate4(address[12..]));
    }

    /// <summary>A value that cannot be read counts as one that holds a private address.</summary>
    private static bool HasPrivateHint(ReadOnlySpan<byte> value)
    {
        Span<byte> name = stackalloc byte[Wire.WireName.MaxLength];
        var length = value.Length < 3 ? 0 : Wire.WireName.ReadUncompressed(value[2..], name);
        if (length == 0)
        {
            return true;
        }

        for (value = value[(2 + length)..]; value.Length >= 4;)
        {
            var key = BinaryPrimitives.ReadUInt16BigEndian(value);
            var size = BinaryPrimitives.ReadUInt16BigEndian(value[2..]);
            if (size + 4 > value.Length)
            {
                return true;
            }

            var step = key switch { 4 => 4, 6 => 16, _ => 0 };
            for (var hint = value.Slice(4, size); step > 0 && hint.Length >= step; hint = hint[step..])
            {
                if (step == 4 ? IsPrivate4(hint) : IsPrivate6(hint))
                {
                    return true;
                }
            }

            value = value[(size + 4)..];
        }

        return !value.IsEmpty;
    }
}
