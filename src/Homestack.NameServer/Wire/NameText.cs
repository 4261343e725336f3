using System.Globalization;
using System.Text;

namespace Homestack.NameServer.Wire;

/// <summary>Names between bytes and their presentation form.</summary>
/// <remarks><para>Source: RFC 1035 §5.1.</para></remarks>
internal static class NameText
{
    /// <summary>Writes the name in lower case to <paramref name="wire"/> (255 bytes).</summary>
    /// <returns>Bytes written, 0 when the text is not a name.</returns>
    public static int Read(ReadOnlySpan<char> text, Span<byte> wire)
    {
        if (text is ".")
        {
            wire[0] = 0;
            return 1;
        }

        // The text of a name is at most four characters for each of its bytes.
        if (text.IsEmpty || text.Length > 4 * WireName.MaxLength)
        {
            return 0;
        }

        Span<byte> utf8 = stackalloc byte[12 * WireName.MaxLength];
        utf8 = utf8[..Encoding.UTF8.GetBytes(text, utf8)];
        var start = 0;
        var end = 1;
        for (var index = 0; index < utf8.Length;)
        {
            var value = utf8[index++];
            if (value == '.')
            {
                if (!Close(wire, start, end))
                {
                    return 0;
                }

                start = end++;
                continue;
            }

            if (value == '\\' && !Unescape(utf8, ref index, out value))
            {
                return 0;
            }

            if (end >= WireName.MaxLength)
            {
                return 0;
            }

            wire[end++] = WireName.Lower(value);
        }

        if (end > start + 1)
        {
            if (!Close(wire, start, end))
            {
                return 0;
            }

            start = end;
        }

        if (start == 0 || start >= WireName.MaxLength)
        {
            return 0;
        }

        wire[start] = 0;
        return start + 1;
    }

    public static string Write(ReadOnlySpan<byte> wire)
    {
        if (wire.Length <= 1)
        {
            return ".";
        }

        var text = new StringBuilder(wire.Length);
        while (wire.Length > 0 && wire[0] != 0)
        {
            if (text.Length > 0)
            {
                text.Append('.');
            }

            foreach (var value in wire[1..(1 + wire[0])])
            {
                _ = value switch
                {
                    (byte)'.' or (byte)'\\' => text.Append('\\').Append((char)value),
                    <= 0x20 or >= 0x7F => text.Append('\\').Append(value.ToString("D3", CultureInfo.InvariantCulture)),
                    _ => text.Append((char)value),
                };
            }

            wire = wire[(1 + wire[0])..];
        }

        return text.ToString();
    }

    private static bool Close(Span<byte> wire, int start, int end)
    {
        var length = end - start - 1;
        wire[start] = (byte)length;
        return length is > 0 and <= WireName.MaxLabel && end < WireName.MaxLength;
    }

    private static bool Unescape(ReadOnlySpan<byte> text, ref int index, out byte value)
    {
        value = 0;
        if (index >= text.Length)
        {
            return false;
        }

        if (!char.IsAsciiDigit((char)text[index]))
        {
            value = text[index++];
            return true;
        }

        if (index + 3 > text.Length || !byte.TryParse(text.Slice(index, 3), NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        index += 3;
        return true;
    }
}
