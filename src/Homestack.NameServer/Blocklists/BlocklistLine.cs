using System.Net;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Blocklists;

/// <summary>Takes one line of a published list apart, without allocating.</summary>
internal static class BlocklistLine
{
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8);

    public static ReadOnlySpan<byte> WithoutComment(ReadOnlySpan<byte> line) => line.IndexOf((byte)'#') is >= 0 and var at ? Trim(line[..at]) : line;

    /// <summary><c>||name^</c> and <c>@@||name^</c>, with the modifiers that mean the same to a name server.</summary>
    public static bool TryAdblock(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out bool isAllowed)
    {
        name = [];
        isAllowed = line.StartsWith("@@"u8);
        line = isAllowed ? line[2..] : line;
        if (!line.StartsWith("||"u8))
        {
            return false;
        }

        line = line[2..];
        var end = line.IndexOf((byte)'^');
        if (end <= 0 || !IsPlain(line[(end + 1)..]))
        {
            return false;
        }

        name = line.StartsWith("*."u8) ? line[2..end] : line[..end];
        return true;
    }

    /// <summary>An address, then at least one name.</summary>
    public static bool TryHosts(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> names)
    {
        names = [];
        var space = line.IndexOfAny((byte)' ', (byte)'\t');
        if (space <= 0 || space > 45)
        {
            return false;
        }

        Span<char> address = stackalloc char[space];
        for (var index = 0; index < space; index++)
        {
            address[index] = (char)line[index];
        }

        names = Trim(line[space..]);
        return IPAddress.TryParse(address, out _);
    }

    /// <returns>Bytes of the name in lower case, 0 when the word is not a host name.</returns>
    public static int ToWire(ReadOnlySpan<byte> word, Span<byte> wire)
    {
        var start = 0;
        var end = 1;
        var hasLetter = false;
        if (word.Length > WireName.MaxLength - 2 || word.IsEmpty)
        {
            return 0;
        }

        for (var index = 0; index <= word.Length; index++)
        {
            if (index == word.Length || word[index] == '.')
            {
                var length = end - start - 1;
                if (length == 0 && index == word.Length && start > 0)
                {
                    break;
                }

                if (length is 0 or > WireName.MaxLabel)
                {
                    return 0;
                }

                wire[start] = (byte)length;
                start = end++;
                continue;
            }

            var value = WireName.Lower(word[index]);
            if (!char.IsAsciiLetterOrDigit((char)value) && value is not ((byte)'-' or (byte)'_') && value < 0x80)
            {
                return 0;
            }

            hasLetter |= !char.IsAsciiDigit((char)value);
            wire[end++] = value;
        }

        wire[start] = 0;
        return hasLetter ? start + 1 : 0;
    }

    private static bool IsPlain(ReadOnlySpan<byte> modifiers) =>
        modifiers.IsEmpty || modifiers.SequenceEqual("|"u8) || modifiers.SequenceEqual("$important"u8) || modifiers.SequenceEqual("$all"u8);
}
