using System.Buffers.Binary;
using Homestack.NameServer.Resolution;

namespace Homestack.NameServer.Wire;

/// <summary>Reads records of a message one after the other and takes names in their values out of compression.</summary>
/// <remarks><para>Source: RFC 1035 §4.1.3; RFC 3597 §4 (which types may be compressed).</para></remarks>
internal static class RecordReader
{
    /// <param name="position">Where the record begins; afterwards the first byte behind it.</param>
    /// <returns>Null when it is malformed.</returns>
    public static ResourceRecord? Read(ReadOnlySpan<byte> message, ref int position, out ushort recordClass)
    {
        recordClass = 0;
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var length = WireName.Read(message, ref position, name);
        if (length == 0 || position + 10 > message.Length)
        {
            return null;
        }

        var type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(message[position..]);
        recordClass = BinaryPrimitives.ReadUInt16BigEndian(message[(position + 2)..]);
        var ttl = BinaryPrimitives.ReadUInt32BigEndian(message[(position + 4)..]);
        var start = position + 10;
        var end = start + BinaryPrimitives.ReadUInt16BigEndian(message[(position + 8)..]);
        if (end > message.Length)
        {
            return null;
        }

        position = end;

        // A TTL with the highest bit set is a long one, cut later like all that are too long (RFC 8767 §4, in place of RFC 2181 §8).
        return Value(message[..end], start, type) is { } value ? new ResourceRecord(name[..length].ToArray(), type, ttl, value) : null;
    }

    private static byte[]? Value(ReadOnlySpan<byte> message, int start, RecordType type)
    {
        var (before, names, after) = type switch
        {
            RecordType.Cname or RecordType.Ns or RecordType.Ptr or RecordType.Dname => (0, 1, 0),
            RecordType.Mx => (2, 1, 0),
            RecordType.Srv => (6, 1, 0),
            RecordType.Soa => (0, 2, 20),
            RecordType.A => (4, 0, 0),
            RecordType.Aaaa => (16, 0, 0),
            _ => (-1, 0, 0),
        };
        if (before < 0)
        {
            return message[start..].ToArray();
        }

        if (message.Length - start < before + after)
        {
            return null;
        }

        Span<byte> value = stackalloc byte[(2 * WireName.MaxLength) + 20];
        message.Slice(start, before).CopyTo(value);
        var written = before;
        var position = start + before;
        for (; names > 0; names--)
        {
            var length = WireName.Read(message, ref position, value[written..]);
            if (length == 0)
            {
                return null;
            }

            written += length;
        }

        if (message.Length - position != after)
        {
            return null;
        }

        message[position..].CopyTo(value[written..]);
        return value[..(written + after)].ToArray();
    }
}
