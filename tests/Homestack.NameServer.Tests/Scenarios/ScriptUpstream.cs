namespace Homestack.NameServer.Tests.Scenarios;

/// <summary>An upstream that does what the lines below its name say; the lines can be others later.</summary>
internal sealed class ScriptUpstream : IAsyncDisposable
{
    private readonly FakeUpstream server;
    private volatile IReadOnlyList<ScriptLine> rules;

    public ScriptUpstream(IReadOnlyList<ScriptLine> rules)
    {
        this.rules = rules;
        server = new FakeUpstream(Answers);
    }

    public UpstreamAddress Address => server.Address();

    public int Questions => server.Questions;

    public void Become(IReadOnlyList<ScriptLine> others) => rules = others;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>What the last question over UDP was: name, type, flags, EDNS, options, and whether its letters were of both cases.</summary>
    public string LastQuestion()
    {
        var query = server.Asked.Last().Query;
        var name = new Message(query).Question;
        var end = 12 + ScriptRecord.NameBytes(name).Length;
        var opt = query.AsSpan(end + 4);
        return string.Join(' ', ((string[])
        [
            name.ToLowerInvariant(), $"TYPE{(query[end] << 8) | query[end + 1]}", (query[2] & 1) != 0 ? "rd" : "", (query[3] & 0x20) != 0 ? "ad" : "", (query[3] & 0x10) != 0 ? "cd" : "",
            opt.Length > 0 ? $"edns {(opt[3] << 8) | opt[4]}" : "", opt.Length > 0 && (opt[7] & 0x80) != 0 ? "do" : "", opt.Length > 11 ? $"options {Convert.ToHexString(opt[11..])}" : "",
            name.Any(char.IsAsciiLetterUpper) && name.Any(char.IsAsciiLetterLower) ? "mixed" : "",
        ]).Where(word => word.Length > 0));
    }

    /// <summary>Those of the first rule that fits; a line "also" below it is one more message.</summary>
    private IEnumerable<byte[]> Answers(byte[] query, bool isTcp)
    {
        var asked = new Message(query).Question.TrimEnd('.').ToLowerInvariant();
        var end = 12 + Message.NameBytes(asked).Length;
        var type = (query[end] << 8) | query[end + 1];
        for (var index = 0; index < rules.Count; index++)
        {
            var (head, does) = Halves(rules[index]);
            if (!Fits(head, asked, type, isTcp))
            {
                continue;
            }

            var messages = new List<byte[]>();
            for (var more = index; more < rules.Count && (more == index || rules[more].Text.StartsWith("also:", StringComparison.Ordinal)); more++)
            {
                if (Halves(rules[more]).Does is var what && what != "silent")
                {
                    messages.Add(Make(query, what));
                }
            }

            return messages;
        }

        return [FakeAnswer.To(query).Code(5).Bytes];
    }

    private static (string[] Head, string Does) Halves(ScriptLine line)
    {
        var colon = line.Text.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? throw line.Unread("a rule has a colon") : (line.Text[..colon].Split(' '), line.Text[(colon + 2)..].Trim());
    }

    private static bool Fits(string[] head, string name, int type, bool isTcp) =>
        head.Length > 1 && (head[0] == "*" || head[0].Equals(name, StringComparison.OrdinalIgnoreCase)) && (head[1] == "*" || ScriptRecord.TypeOf(head[1]) == type)
        && (head.Length == 2 || head[2] == (isTcp ? "tcp" : "udp"));

    private static bool IsLater(string part) => part.StartsWith("authority ", StringComparison.Ordinal) || part.StartsWith("additional ", StringComparison.Ordinal);

    private static byte[] Make(byte[] query, string does)
    {
        var parts = does.Split(" | ");
        var answer = FakeAnswer.To(query);
        foreach (var word in parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            answer = word switch
            {
                "ad" => answer.Set(3, (byte)(answer.Bytes[3] | 0x20)),
                "tc" => answer.Truncated(),
                "wrong-id" => answer.WrongId(),
                "other-case" => answer.OtherCase(),
                "other-name" => answer.Set(13, (byte)'z'),
                "not-an-answer" => answer.Set(2, 0x01),
                "other-opcode" => answer.Set(2, 0xA1),
                "no-question" => answer.Set(5, 0),
                _ => answer.Set(3, (byte)((answer.Bytes[3] & 0xF0) | ScenarioRun.CodeOf(word))),
            };
        }

        var bytes = answer.Bytes.ToList();
        foreach (var section in (int[])[7, 9, 11])
        {
            var start = section switch { 9 => "authority ", 11 => "additional ", _ => "" };
            foreach (var part in parts[1..].Where(part => part.StartsWith(start, StringComparison.Ordinal) && (section > 7 || !IsLater(part))))
            {
                bytes.AddRange(ScriptRecord.Read(part[start.Length..]).Wire());
                bytes[section]++;
            }
        }

        return [.. bytes];
    }
}
