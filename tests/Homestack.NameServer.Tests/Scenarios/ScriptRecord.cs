using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Homestack.NameServer.Tests.Scenarios;

/// <summary>A record as a script writes it: owner, seconds, type, value. Shares no code with the library.</summary>
internal sealed record ScriptRecord(string Owner, string Ttl, int Type, string Value)
{
    private static readonly Dictionary<string, int> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["A"] = 1, ["NS"] = 2, ["CNAME"] = 5, ["SOA"] = 6, ["NULL"] = 10, ["PTR"] = 12, ["HINFO"] = 13, ["MX"] = 15, ["TXT"] = 16, ["RP"] = 17, ["AAAA"] = 28, ["LOC"] = 29,
        ["SRV"] = 33, ["NAPTR"] = 35, ["DNAME"] = 39, ["OPT"] = 41, ["DS"] = 43, ["SSHFP"] = 44, ["RRSIG"] = 46, ["NSEC"] = 47, ["DNSKEY"] = 48, ["NSEC3"] = 50, ["TLSA"] = 52,
        ["SVCB"] = 64, ["HTTPS"] = 65, ["SPF"] = 99, ["TSIG"] = 250, ["IXFR"] = 251, ["AXFR"] = 252, ["MAILB"] = 253, ["MAILA"] = 254, ["ANY"] = 255, ["CAA"] = 257,
    };

    public static int TypeOf(string word) =>
        Types.TryGetValue(word, out var known) ? known
        : word.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase) ? int.Parse(word.AsSpan(4), CultureInfo.InvariantCulture) : throw new FormatException($"{word} is no type.");

    public static bool IsType(string word) => Types.ContainsKey(word) || (word.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase) && word.Length > 4 && char.IsAsciiDigit(word[4]));

    /// <param name="text">"owner [seconds] TYPE [value]"; without seconds 300.</param>
    public static ScriptRecord Read(string text)
    {
        var words = text.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && IsType(words[1]))
        {
            var rest = text.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            return new ScriptRecord(words[0], "300", TypeOf(words[1]), rest.Length > 2 ? rest[2] : "");
        }

        return words.Length > 2 ? new ScriptRecord(words[0], words[1], TypeOf(words[2]), words.Length > 3 ? words[3] : "") : throw new FormatException($"{text} is no record.");
    }

    /// <summary>On the wire, without compression.</summary>
    public byte[] Wire()
    {
        var value = ValueBytes();
        var ttl = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(ttl, uint.Parse(Ttl, CultureInfo.InvariantCulture));
        return [.. NameBytes(Owner), (byte)(Type >> 8), (byte)Type, 0, 1, .. ttl, (byte)(value.Length >> 8), (byte)value.Length, .. value];
    }

    /// <summary>As <see cref="Message.Record"/> is written, with its seconds. "*" for seconds is kept; a SOA is its two names and MINIMUM.</summary>
    public string Shown()
    {
        var words = Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var value = words.Length > 0 && words[0] == @"\#" ? Convert.ToHexString(Generic(words)) : Type switch
        {
            1 or 28 => IPAddress.Parse(Value).ToString(),
            2 or 5 or 12 => Dotted(Value),
            15 => $"{words[0]} {Dotted(words[1])}",
            33 => $"{words[0]} {words[1]} {words[2]} {Dotted(words[3])}",
            6 => words.Length == 0 ? "*" : $"{Dotted(words[0])} {Dotted(words[1])} {words[^1]}",
            _ => Convert.ToHexString(ValueBytes()),
        };
        return $"{Dotted(Owner)} {Ttl} {Type} {value}".ToLowerInvariant();
    }

    public static byte[] NameBytes(string name)
    {
        var bytes = new List<byte>();
        var label = new List<byte>();
        for (var at = 0; at < name.Length; at++)
        {
            if (name[at] == '.')
            {
                Close();
            }
            else if (name[at] == '\\' && at + 3 < name.Length && char.IsAsciiDigit(name[at + 1]))
            {
                label.Add(byte.Parse(name.AsSpan(at + 1, 3), CultureInfo.InvariantCulture));
                at += 3;
            }
            else
            {
                at += name[at] == '\\' ? 1 : 0;
                label.Add((byte)name[at]);
            }
        }

        Close();
        return [.. bytes, 0];

        void Close()
        {
            if (label.Count > 0)
            {
                bytes.AddRange([(byte)label.Count, .. label]);
                label.Clear();
            }
        }
    }

    private static string Dotted(string name) => name.EndsWith('.') ? name : name + ".";

    private static byte[] Generic(string[] words) => Convert.FromHexString(string.Concat(words.Skip(2)));

    private byte[] ValueBytes()
    {
        var words = Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        byte[] Number(int at) => [(byte)(int.Parse(words[at], CultureInfo.InvariantCulture) >> 8), (byte)int.Parse(words[at], CultureInfo.InvariantCulture)];
        return words.Length > 0 && words[0] == @"\#" ? Generic(words) : Type switch
        {
            1 or 28 => IPAddress.Parse(Value).GetAddressBytes(),
            2 or 5 or 12 or 39 => NameBytes(Value),
            15 => [.. Number(0), .. NameBytes(words[1])],
            33 => [.. Number(0), .. Number(1), .. Number(2), .. NameBytes(words[3])],
            6 => [.. NameBytes(words[0]), .. NameBytes(words[1]), .. words[2..].SelectMany(Long)],
            13 or 16 => [.. Value.Split('"').Where((_, index) => index % 2 == 1).SelectMany(text => Encoding.UTF8.GetBytes(text).Prepend((byte)Encoding.UTF8.GetByteCount(text)))],
            _ => throw new FormatException($"{Value}: write it as \\# length hex."),
        };
    }

    private static byte[] Long(string word)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, uint.Parse(word, CultureInfo.InvariantCulture));
        return bytes;
    }
}
