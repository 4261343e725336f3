using System.Globalization;
using System.Net;

namespace Homestack.NameServer.Tests.Scenarios;

/// <summary>A question as a script writes it: "ask NAME TYPE", and words that make it special.</summary>
internal sealed class ScriptQuestion
{
    private static readonly byte[] ClientCookie = [1, 2, 3, 4, 5, 6, 7, 8];

    /// <param name="line">Begins with "ask".</param>
    /// <param name="cookie">The last that the server gave.</param>
    public ScriptQuestion(ScriptLine line, byte[] cookie)
    {
        var words = line.Words;
        var (flags, lower) = (1, 0);
        var (kind, payload, version, hasEdns, isDnssec) = (1, 1232, 0, true, false);
        var options = new List<byte>();
        var changes = new List<Func<byte[], byte[]>>();
        for (var at = 3; at < words.Length; at++)
        {
            int Next() => int.Parse(words[++at], CultureInfo.InvariantCulture);
            switch (words[at])
            {
                case "tcp": IsTcp = true; break;
                case "ordered": IsOrdered = true; break;
                case "plain": hasEdns = false; break;
                case "do": isDnssec = true; break;
                case "norec": flags &= 0xFE; break;
                case "aa": flags |= 4; break;
                case "ad": lower |= 0x20; break;
                case "cd": lower |= 0x10; break;
                case "z": lower |= 0x40; break;
                case "class": kind = Next(); break;
                case "opcode": flags |= Next() << 3; break;
                case "payload": payload = Next(); break;
                case "version": version = Next(); break;
                case "times": Times = Next(); break;
                case "from": Client = new IPEndPoint(IPAddress.Parse(words[++at]), 5000); break;
                case "option": Option(options, Next(), Convert.FromHexString(words[++at].Trim('-'))); break;
                case "cookie": Option(options, 10, words[++at] == "again" ? cookie : ClientCookie); break;
                case "cut": var less = Next(); changes.Add(packet => packet[..^less]); break;
                case "append": var more = Convert.FromHexString(words[++at]); changes.Add(packet => [.. packet, .. more]); break;
                case "set": var (place, value) = (Next(), (byte)Next()); changes.Add(packet => [.. packet[..place], value, .. packet[(place + 1)..]]); break;
                default: throw line.Unread($"unknown word {words[at]}");
            }
        }

        var type = ScriptRecord.TypeOf(words[2]);
        byte[] whole =
        [
            0x12, 0x67, (byte)flags, (byte)lower, 0, 1, 0, 0, 0, 0, 0, (byte)(hasEdns ? 1 : 0),
            .. ScriptRecord.NameBytes(words[1]), (byte)(type >> 8), (byte)type, (byte)(kind >> 8), (byte)kind,
            .. hasEdns ? (byte[])[0, 0, 41, (byte)(payload >> 8), (byte)payload, 0, (byte)version, (byte)(isDnssec ? 0x80 : 0), 0, (byte)(options.Count >> 8), (byte)options.Count, .. options] : [],
        ];
        Bytes = changes.Aggregate(whole, (packet, change) => change(packet));
        HasEdns = hasEdns;
        QuestionEnd = 12 + ScriptRecord.NameBytes(words[1]).Length + 4;
        IsDnssec = isDnssec;
    }

    public byte[] Bytes { get; }

    public bool HasEdns { get; }

    public bool IsDnssec { get; }

    public bool IsTcp { get; }

    public bool IsOrdered { get; }

    public int QuestionEnd { get; }

    /// <summary>How often at once.</summary>
    public int Times { get; } = 1;

    public IPEndPoint Client { get; } = TestHome.Lan;

    private static void Option(List<byte> options, int code, byte[] value) => options.AddRange([(byte)(code >> 8), (byte)code, (byte)(value.Length >> 8), (byte)value.Length, .. value]);
}
