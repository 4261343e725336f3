using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Homestack.NameServer.Wire;

/// <summary>The data of a record from its presentation form to bytes, without compression.</summary>
/// <remarks><para>Source: RFC 1035 §3.3, §5.1; RFC 3596 (AAAA); RFC 2782 (SRV); RFC 3597 §5 (any type).</para></remarks>
internal static class RecordText
{
    /// <exception cref="FormatException">The text does not fit the type.</exception>
    public static byte[] ToWire(RecordType type, string text)
    {
        var words = Split(text);
        if (words.Count > 0 && words[0] == @"\#")
        {
            return Generic(words, text);
        }

        return (type, words.Count) switch
        {
            (RecordType.A, 1) => Address(words[0], AddressFamily.InterNetwork),
            (RecordType.Aaaa, 1) => Address(words[0], AddressFamily.InterNetworkV6),
            (RecordType.Cname or RecordType.Ns or RecordType.Ptr or RecordType.Dname, 1) => Name(words[0]),
            (RecordType.Mx, 2) => [.. Number16(words[0]), .. Name(words[1])],
            (RecordType.Srv, 4) => [.. Number16(words[0]), .. Number16(words[1]), .. Number16(words[2]), .. Name(words[3])],
            (RecordType.Txt, > 0) => [.. words.SelectMany(CharacterString)],
            (RecordType.Soa, 7) => [.. Name(words[0]), .. Name(words[1]), .. words.Skip(2).SelectMany(Number32)],
            _ => throw new FormatException($"\"{text}\" is not the value of a {type} record."),
        };
    }

    /// <summary>IPv4 only as four decimal numbers: the class would also take 1.2.3 and 0x7f.1.</summary>
    private static byte[] Address(string word, AddressFamily family) =>
        IPAddress.TryParse(word, out var address) && address.AddressFamily == family && (family == AddressFamily.InterNetworkV6 || address.ToString() == word)
            ? address.GetAddressBytes() : throw new FormatException($"\"{word}\" is not an address.");

    private static byte[] Name(string word) => DnsName.Parse(word).Wire.ToArray();

    private static byte[] Number16(string word)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, ushort.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw NotNumber(word));
        return bytes;
    }

    private static byte[] Number32(string word)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw NotNumber(word));
        return bytes;
    }

    private static FormatException NotNumber(string word) => new($"\"{word}\" is not a number in range.");

    private static byte[] CharacterString(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        return bytes.Length <= 255 ? [(byte)bytes.Length, .. bytes] : throw new FormatException("A text of more than 255 bytes must be written as several.");
    }

    private static byte[] Generic(List<string> words, string text)
    {
        try
        {
            var bytes = Convert.FromHexString(string.Concat(words.Skip(2)));
            return words.Count > 1 && int.Parse(words[1], NumberStyles.None, CultureInfo.InvariantCulture) == bytes.Length
                ? bytes
                : throw new FormatException($"\"{text}\" states another length than it has.");
        }
        catch (OverflowException)
        {
            throw new FormatException($"\"{text}\" states a length out of range.");
        }
    }

    /// <summary>Words between spaces; double quotes keep spaces together, and a backslash keeps the next character.</summary>
    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isQuoted = false;
        var hasWord = false;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '"')
            {
                isQuoted = !isQuoted;
                hasWord = true;
            }
            else if (char.IsWhiteSpace(character) && !isQuoted)
            {
                if (hasWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    hasWord = false;
                }
            }
            else
            {
                // Outside quotes the escape is left to whoever reads the word: a name has escapes of its own.
                if (character == '\\' && isQuoted && index + 1 < text.Length)
                {
                    character = text[++index];
                }

                word.Append(character);
                hasWord = true;
            }
        }

        if (isQuoted)
        {
            throw new FormatException($"{text} lacks a closing quote.");
        }

        if (hasWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
