using System.Buffers.Binary;

namespace Homestack.NameServer.Wire;

/// <summary>What to do with a packet.</summary>
internal enum QueryFault
{
    /// <summary>A question to answer.</summary>
    None,

    /// <summary>Not a question: an answer, or too short to have an id. It gets no reply, or two servers would talk for ever.</summary>
    Silent,
    Malformed,
    NotImplemented,
    BadVersion,
}

/// <summary>Reads a query strictly: one question, no compression in it, at most one OPT, nothing behind the last record.</summary>
/// <remarks><para>Source: RFC 1035 §4.1; RFC 6891 §6.1, §7; RFC 7873 §5.2.2 (cookies); RFC 9619 (one question).</para></remarks>
internal static class QueryReader
{
    public const int HeaderLength = 12;
    public const int CookieOption = 10;

    /// <summary>Records behind the question: OPT, and perhaps a signature that is not looked at.</summary>
    private const int MaxAdditional = 4;

    /// <param name="lower">255 bytes; the name of the question in lower case.</param>
    public static QueryFault Read(ReadOnlySpan<byte> packet, Span<byte> lower, out Query query)
    {
        query = new Query { Payload = Query.PlainPayload };
        if (packet.Length < HeaderLength || (packet[2] & 0x80) != 0)
        {
            return QueryFault.Silent;
        }

        query.WantsRecursion = (packet[2] & 0x01) != 0;
        query.WantsAuthenticity = (packet[3] & 0x20) != 0;
        if ((packet[2] & 0x78) != 0)
        {
            return QueryFault.NotImplemented;
        }

        // QDCOUNT 1, ANCOUNT 0, NSCOUNT 0; ARCOUNT is small.
        var additional = BinaryPrimitives.ReadUInt16BigEndian(packet[10..]);
        if (BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) != 1 || BinaryPrimitives.ReadUInt32BigEndian(packet[6..]) != 0 || additional > MaxAdditional)
        {
            return QueryFault.Malformed;
        }

        var length = WireName.ReadUncompressed(packet[HeaderLength..], lower);
        if (length == 0 || packet.Length < HeaderLength + length + 4)
        {
            return QueryFault.Malformed;
        }

        query.NameLength = length;
        query.Type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(packet[(HeaderLength + length)..]);
        query.Class = BinaryPrimitives.ReadUInt16BigEndian(packet[(HeaderLength + length + 2)..]);
        if (query.Type is RecordType.Opt or RecordType.None)
        {
            return QueryFault.Malformed;
        }

        return ReadAdditional(packet, query.QuestionEnd, additional, ref query);
    }

    private static QueryFault ReadAdditional(ReadOnlySpan<byte> packet, int position, int count, ref Query query)
    {
        var version = 0;
        for (; count > 0; count--)
        {
            var isRoot = position < packet.Length && packet[position] == 0;
            if (!SkipName(packet, ref position) || position + 10 > packet.Length)
            {
                return QueryFault.Malformed;
            }

            var type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(packet[position..]);
            var body = packet[position..];
            position += 10 + BinaryPrimitives.ReadUInt16BigEndian(body[8..]);
            if (position > packet.Length)
            {
                return QueryFault.Malformed;
            }

            if (type != RecordType.Opt)
            {
                continue;
            }

            if (query.HasEdns || !isRoot || !ReadOptions(packet[..position], packet.Length - body.Length + 10, ref query))
            {
                return QueryFault.Malformed;
            }

            query.HasEdns = true;
            query.Payload = Math.Clamp((int)BinaryPrimitives.ReadUInt16BigEndian(body[2..]), Query.PlainPayload, Query.MaxPayload);
            version = body[5];
            query.WantsDnssec = (body[6] & 0x80) != 0;
        }

        return position != packet.Length ? QueryFault.Malformed : version > 0 ? QueryFault.BadVersion : QueryFault.None;
    }

    /// <summary>Of a cookie that stands there more than once, the first counts.</summary>
    private static bool ReadOptions(ReadOnlySpan<byte> packet, int position, ref Query query)
    {
        while (packet.Length - position >= 4)
        {
            var code = BinaryPrimitives.ReadUInt16BigEndian(packet[position..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(packet[(position + 2)..]);
            position += 4;
            if (length > packet.Length - position)
            {
                return false;
            }

            if (code == CookieOption && query.CookieLength == 0)
            {
                if (length is not (8 or >= 16 and <= 40))
                {
                    return false;
                }

                query.CookieStart = position;
                query.CookieLength = length;
            }

            position += length;
        }

        return position == packet.Length;
    }

    private static bool SkipName(ReadOnlySpan<byte> packet, ref int position)
    {
        Span<byte> ignored = stackalloc byte[WireName.MaxLength];
        if (position < packet.Length && packet[position] == 0)
        {
            position++;
            return true;
        }

        return WireName.Read(packet, ref position, ignored) > 0;
    }
}
