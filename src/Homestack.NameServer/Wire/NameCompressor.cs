using System.Buffers.Binary;

namespace Homestack.NameServer.Wire;

/// <summary>Writes names into a message, pointing back to where their end was written before.</summary>
/// <remarks>Remembers up to 32 places; more names are written in full from there on. Names are compared in lower case.<para>Source: RFC 1035 §4.1.4.</para></remarks>
internal ref struct NameCompressor(Span<ushort> places)
{
    public const int MaxPlaces = 32;
    private const int MaxOffset = 0x3FFF;

    /// <summary>Bytes of names that are compared for one message; an answer made of long names alone is written in full from there on.</summary>
    private const int MaxWork = 32_000;

    private readonly Span<ushort> places = places;
    private int count;
    private int work;

    /// <summary>Remembers a name that stands uncompressed at <paramref name="offset"/>.</summary>
    public void Remember(ReadOnlySpan<byte> message, int offset)
    {
        for (; message[offset] is > 0 and <= WireName.MaxLabel && offset <= MaxOffset && count < places.Length; offset += 1 + message[offset])
        {
            places[count++] = (ushort)offset;
        }
    }

    /// <returns>Bytes that the name takes.</returns>
    public int Write(Span<byte> message, int position, ReadOnlySpan<byte> name)
    {
        var start = position;
        Span<byte> known = stackalloc byte[WireName.MaxLength];
        for (var rest = name; rest.Length > 1; rest = rest[(1 + rest[0])..])
        {
            for (var index = 0; index < count && work < MaxWork; index++)
            {
                var place = (int)places[index];
                var length = WireName.Read(message[..start], ref place, known);
                work += length + 1;
                if (length == rest.Length && known[..length].SequenceEqual(rest))
                {
                    var kept = name.Length - rest.Length;
                    name[..kept].CopyTo(message[start..]);
                    BinaryPrimitives.WriteUInt16BigEndian(message[(start + kept)..], (ushort)(0xC000 | places[index]));
                    for (var at = start; at < start + kept && at <= MaxOffset && count < places.Length; at += 1 + message[at])
                    {
                        places[count++] = (ushort)at;
                    }

                    return kept + 2;
                }
            }
        }

        name.CopyTo(message[start..]);
        Remember(message, start);
        return name.Length;
    }
}
