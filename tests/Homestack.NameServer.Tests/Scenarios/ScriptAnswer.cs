using System.Globalization;

namespace Homestack.NameServer.Tests.Scenarios;

/// <summary>What came back, as lines that a script can expect.</summary>
internal sealed class ScriptAnswer
{
    private readonly byte[] bytes;
    private readonly ScriptQuestion question;
    private readonly List<string> shown = [];
    private readonly List<string> faults = [];

    public ScriptAnswer(byte[] bytes, ScriptQuestion question)
    {
        this.bytes = bytes;
        this.question = question;
        if (bytes.Length == 0)
        {
            shown.Add("nothing");
            return;
        }

        var message = new Message(bytes);
        var flags = ((string[])["aa", "tc", "rd", "ra", "z", "ad", "cd"]).Zip([bytes[2] & 4, bytes[2] & 2, bytes[2] & 1, bytes[3] & 0x80, bytes[3] & 0x40, bytes[3] & 0x20, bytes[3] & 0x10]);
        shown.Add(string.Join(' ', [Name(message.Code), .. flags.Where(flag => flag.Second != 0).Select(flag => flag.First)]));
        shown.AddRange(message.Answers.Select(record => Show("answer", record)));
        shown.AddRange(message.Authorities.Select(record => Show("authority", record)));
        Look(message);
    }

    /// <summary>That the server gave; null for none.</summary>
    public byte[]? Cookie { get; private set; }

    public void Check(ScriptLine line)
    {
        var expected = new List<string>();
        foreach (var below in line.Below)
        {
            var words = below.Words;
            switch (words[0])
            {
                case "answer" or "authority":
                    expected.Add($"{words[0]} {ScriptRecord.Read(below.Text[(words[0].Length + 1)..]).Shown()}");
                    break;
                case "opt" or "cookie":
                    Expect(below, words[1], words[0] == "opt" ? bytes.Length > 0 && new Message(bytes).HasOpt ? "there" : "none" : (Cookie?.Length ?? 0).ToString(CultureInfo.InvariantCulture));
                    break;
                case "at-most":
                    faults.AddRange(bytes.Length <= int.Parse(words[1], CultureInfo.InvariantCulture) ? [] : [$"{below.Place}: {bytes.Length} bytes"]);
                    break;
                case "answers":
                    Expect(below, words[1], new Message(bytes).Answers.Count.ToString(CultureInfo.InvariantCulture));
                    shown.RemoveAll(record => record.StartsWith("answer ", StringComparison.Ordinal));
                    break;
                default:
                    expected.Add(below.Text);
                    break;
            }
        }

        // The first is code and flags; the order of the rest says something only when the script asks for it.
        var got = question.IsOrdered ? shown : [.. shown.Take(1), .. shown.Skip(1).Order(StringComparer.Ordinal)];
        expected = question.IsOrdered ? expected : [.. expected.Take(1), .. expected.Skip(1).Order(StringComparer.Ordinal)];
        if (got.Count != expected.Count || got.Zip(expected).Any(pair => !Same(pair.First, pair.Second)))
        {
            faults.Add($"expected:\n  {string.Join("\n  ", expected)}\ngot:\n  {string.Join("\n  ", got)}");
        }

        Assert.True(faults.Count == 0, $"{line.Place}: {line.Text}\n{string.Join('\n', faults)}");
    }

    private static string Name(int code) => code switch { 0 => "NOERROR", 1 => "FORMERR", 2 => "SERVFAIL", 3 => "NXDOMAIN", 4 => "NOTIMP", 5 => "REFUSED", 16 => "BADVERS", _ => $"{code}" };

    private static string Show(string section, Message.Record record) => $"{section} {record.Owner} {record.Ttl} {record.Type} {record.Value}".ToLowerInvariant();

    /// <summary>Word by word; "*" fits every word, and at the end all that remain.</summary>
    private static bool Same(string got, string expected)
    {
        var (words, wanted) = (got.Split(' '), expected.Split(' '));
        return (words.Length == wanted.Length || (wanted[^1] == "*" && words.Length > wanted.Length)) && wanted.Zip(words).All(pair => pair.First == "*" || pair.First == pair.Second);
    }

    private void Expect(ScriptLine line, string expected, string got) => faults.AddRange(expected == got ? [] : [$"{line.Place}: {line.Text}, got {got}"]);

    /// <summary>What holds for every answer: id and operation, the question letter by letter, OPT for those who sent it, DO as it was.</summary>
    private void Look(Message message)
    {
        if (bytes[0] != question.Bytes[0] || bytes[1] != question.Bytes[1] || (bytes[2] & 0xF8) != (0x80 | (question.Bytes[2] & 0x78)))
        {
            faults.Add("another id or operation");
        }

        if (bytes[5] == 1 && !bytes.AsSpan(12, question.QuestionEnd - 12).SequenceEqual(question.Bytes.AsSpan(12, Math.Min(question.Bytes.Length, question.QuestionEnd) - 12)))
        {
            faults.Add("another question");
        }

        var opt = message.HasOpt ? bytes.AsSpan()[bytes.AsSpan().LastIndexOf((byte[])[0, 0, 41, 4, 208])..] : [];
        if (message.Code is 0 or 3 && (message.HasOpt != question.HasEdns || (message.HasOpt && (opt[7] & 0x80) != 0 != question.IsDnssec)))
        {
            faults.Add("OPT or DO otherwise than asked");
        }

        Cookie = opt.Length > 15 && opt[12] == 10 ? opt[15..(15 + opt[14])].ToArray() : null;
    }
}
