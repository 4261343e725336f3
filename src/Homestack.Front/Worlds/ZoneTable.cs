using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Homestack.Collections;
using Homestack.Front.Snapshots;
using Homestack.Primitives;

namespace Homestack.Front.Worlds;

/// <summary>Tells the zone of a visitor by nothing but the address of the other end of the connection.</summary>
/// <remarks>The longest prefix wins. An IPv4 address that arrives in IPv6 clothes (RFC 4291 §2.5.5.2) is the IPv4 address. Loopback is an address like any other.</remarks>
internal sealed class ZoneTable
{
    /// <summary>Everybody who is in no zone.</summary>
    public const string Public = "public";

    /// <summary>The bit of <see cref="Public"/> in sets of zones.</summary>
    public const ulong PublicBit = 1;

    /// <summary>As many as a set of bits holds, without <see cref="Public"/>.</summary>
    public const int MostZones = 63;

    private const int MostBlocks = 4096;

    private readonly Dictionary<string, ulong> bits = new(StringComparer.Ordinal) { [Public] = PublicBit };
    private readonly Block[] four;
    private readonly Block[] six;

    /// <exception cref="SnapshotException">Too many, or a block stands in two zones.</exception>
    public ZoneTable(ValueMap<ValueList<Cidr>> zones)
    {
        foreach (var zone in zones.Keys.Where(zone => zone != Public))
        {
            bits.Add(zone, 1UL << bits.Count);
            SnapshotException.ThrowIf(bits.Count > MostZones + 1, $"There are more than {MostZones} zones.");
        }

        var blocks = zones.SelectMany(zone => zone.Value.Select(cidr => (cidr.Network, Bit: bits[zone.Key]))).Distinct().OrderByDescending(block => block.Network.PrefixLength).ToArray();
        SnapshotException.ThrowIf(blocks.Length > MostBlocks, $"The zones have more than {MostBlocks} blocks of addresses.");
        var twice = blocks.GroupBy(block => block.Network).FirstOrDefault(group => group.Count() > 1);
        SnapshotException.ThrowIf(twice is not null, $"The block {twice?.Key} stands in two zones.");
        four = [.. blocks.Where(block => block.Network.BaseAddress.AddressFamily == AddressFamily.InterNetwork).Select(block => Block.Of(block.Network, block.Bit, 32))];
        six = [.. blocks.Where(block => block.Network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6).Select(block => Block.Of(block.Network, block.Bit, 128))];
    }

    /// <summary>The bit of the visitor's zone.</summary>
    public ulong Of(IPAddress? visitor)
    {
        if (visitor is null)
        {
            return PublicBit;
        }

        var number = Number(visitor.IsIPv4MappedToIPv6 ? visitor.MapToIPv4() : visitor, out var isFour);
        foreach (ref readonly var block in (isFour ? four : six).AsSpan())
        {
            if ((number & block.Mask) == block.Base)
            {
                return block.Bit;
            }
        }

        return PublicBit;
    }

    /// <summary>The set of the zones with these names.</summary>
    /// <exception cref="SnapshotException">One of them does not exist.</exception>
    public ulong SetOf(IEnumerable<string> names, string route)
    {
        var set = 0UL;
        foreach (var name in names)
        {
            SnapshotException.ThrowIf(!bits.TryGetValue(name, out var bit), $"The route \"{route}\" is for the zone \"{name}\", which does not exist.");
            set |= bit;
        }

        return set;
    }

    private static UInt128 Number(IPAddress address, out bool isFour)
    {
        Span<byte> bytes = stackalloc byte[16];
        isFour = address.TryWriteBytes(bytes, out var count) && count == 4;
        return isFour ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private readonly record struct Block(UInt128 Base, UInt128 Mask, ulong Bit)
    {
        public static Block Of(IPNetwork network, ulong bit, int width)
        {
            var all = width == 128 ? UInt128.MaxValue : (UInt128.One << width) - 1;
            var mask = network.PrefixLength == 0 ? UInt128.Zero : (all << (width - network.PrefixLength)) & all;
            return new(Number(network.BaseAddress, out _) & mask, mask, bit);
        }
    }
}
