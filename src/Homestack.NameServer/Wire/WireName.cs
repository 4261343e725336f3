using System.Runtime.CompilerServices;

namespace Homestack.NameServer.Wire;

/// <summary>Names as bytes: a length byte before each label, a zero byte at the end.</summary>
/// <remarks><para>Source: RFC 1035 §3.1, §4.1.4; RFC 4343 (only ASCII letters have case).</para></remarks>
internal static class WireName
{
    /// <summary>Bytes of the longest name, with its length bytes and the last zero.</summary>
    public const int MaxLength = 255;

    /// <summary>Bytes of the longest label.</summary>
    public const int MaxLabel = 63;

    /// <summary>How many compression pointers one name may hold; each must point before the place it was reached from.</summary>
    private const int MaxPointers = 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Lower(byte value) => (uint)(value - 'A') <= 'Z' - 'A' ? (byte)(value | 0x20) : value;

    /// <summary>Copies the name at the start of <paramref name="source"/> in lower case; a pointer is an error.</summary>
    /// <returns>Bytes of the name, 0 when it is malformed.</returns>
    public static int ReadUncompressed(ReadOnlySpan<byte> source, Span<byte> lower)
    {
        var position = 0;
        while (position < source.Length)
        {
            int length = source[position];
            var next = position + 1 + length;
            if (length > MaxLabel || next > source.Length || next > MaxLength)
            {
                return 0;
            }

            lower[position] = (byte)length;
            if (length == 0)
            {
                return position + 1;
            }

            for (var index = position + 1; index < next; index++)
            {
                lower[index] = Lower(source[index]);
            }

            position = next;
        }

        return 0;
    }

    /// <summary>Reads a name that may be compressed, in lower case, into <paramref name="lower"/> (255 bytes).</summary>
    /// <param name="position">Where the name begins; afterwards the first byte behind it.</param>
    /// <returns>Bytes written, 0 when the name is malformed.</returns>
    public static int Read(ReadOnlySpan<byte> message, ref int position, Span<byte> lower)
    {
        var at = position;
        var written = 0;
        var pointers = 0;
        var lowest = position;
        while (at < message.Length)
        {
            int length = message[at];
            if (length >= 0xC0)
            {
                if (at + 1 >= message.Length || ++pointers > MaxPointers)
                {
                    return 0;
                }

                var target = ((length & 0x3F) << 8) | message[at + 1];
                if (pointers == 1)
                {
                    position = at + 2;
                }

                // Always further back than any start before: a loop cannot be written.
                if (target >= lowest)
                {
                    return 0;
                }

                at = lowest = target;
                continue;
            }

            if (length > MaxLabel || at + 1 + length > message.Length || written + 1 + length > MaxLength)
            {
                return 0;
            }

            lower[written++] = (byte)length;
            for (var index = 1; index <= length; index++)
            {
                lower[written++] = Lower(message[at + index]);
            }

            at += 1 + length;
            if (length == 0)
            {
                if (pointers == 0)
                {
                    position = at;
                }

                return written;
            }
        }

        return 0;
    }

    /// <summary>Whether <paramref name="name"/> is <paramref name="ancestor"/> or below it; both whole names in lower case.</summary>
    public static bool IsWithin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ancestor)
    {
        while (name.Length > ancestor.Length)
        {
            name = name[(1 + name[0])..];
        }

        return name.SequenceEqual(ancestor);
    }
}
