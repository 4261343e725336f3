using Homestack.NameServer.Resolution;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>No question and no answer costs more than 5 ms of a processor, however it is made (D7).</summary>
[Collection(Alone.Name)]
public sealed class WorkBombTests
{
    /// <summary>What an upstream may send: each is read, kept and written out again.</summary>
    public static TheoryData<string, int> Answers() => new() { { "labels", 0 }, { "pointers", 1 }, { "aliases", 2 }, { "aliases in a ring", 3 }, { "signatures", 4 } };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_of_an_upstream_costs_no_more_than_5_ms(string kind, int number)
    {
        var many = string.Join('.', Enumerable.Range(0, 126).Select(_ => "a"));
        var name = number switch { 0 => many, 1 => "a.b", _ => "c0.test" };
        var query = Message.Query(name, 12);
        var answer = FakeAnswer.To(query);
        for (var count = 0; count < (number == 0 ? 110 : 200); count++)
        {
            answer = number switch
            {
                // 126 labels in each name, no two names with a common end: nothing to point at.
                0 => answer.Ptr(many, string.Join('.', Enumerable.Range(0, 125).Select(_ => "b")) + "." + (char)('c' + (count % 20))),
                1 => answer.Pointing(),
                2 => answer.Cname($"c{count}.test", $"c{count + 1}.test"),
                3 => answer.Cname($"c{count % 3}.test", $"c{(count + 1) % 3}.test"),
                _ => answer.Signature("c0.test"),
            };
        }

        var message = answer.Bytes;
        var wire = Message.NameBytes(name);
        var output = new byte[65535];
        var cost = CostOf(() =>
        {
            var reply = ReplyReader.Read(message, wire, RecordType.Ptr, wantsDnssec: true, allowsPrivate: false);
            var kept = reply is null ? null : CachedAnswer.Create(wire, reply, 0);
            var written = new Wire.Reply(query, new Wire.Query { NameLength = wire.Length }, ushort.MaxValue, output);
            kept?.Write(ref written, 1, isStale: false);
            Assert.True(number != 0 || kept is not null);
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {message.Length} bytes, {cost.TotalMilliseconds:F3} ms");
        Assert.InRange(cost, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
    }

    [Theory]
    [InlineData("options")]
    [InlineData("ring")]
    [InlineData("chain")]
    [InlineData("labels")]
    public void A_question_costs_no_more_than_5_ms(string kind)
    {
        using var engine = Engine(Zone("home.arpa",
            ["r0.home.arpa CNAME r1.home.arpa", "r1.home.arpa CNAME r2.home.arpa", "r2.home.arpa CNAME r0.home.arpa", .. Enumerable.Range(0, 100).Select(number => $"c{number}.home.arpa CNAME c{number + 1}.home.arpa")]));
        var packet = kind switch
        {
            "options" => WithOptions(1000),
            "ring" => Message.Query("r0.home.arpa", A),
            "chain" => Message.Query("c0.home.arpa", A),
            _ => Message.Query(string.Join('.', Enumerable.Range(0, 120).Select(_ => "a")) + ".home.arpa", A),
        };
        var client = Clients.ClientAddress.From(Lan.Address);
        var output = new byte[65535];
        var cost = CostOf(() => engine.TryAnswer(packet, client, isTcp: true, output, out _));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {packet.Length} bytes, {cost.TotalMilliseconds:F3} ms");
        Assert.InRange(cost, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
    }

    /// <summary>Time of the processor, not of the clock: what else the machine does is not in it.</summary>
    private static TimeSpan CostOf(Action work)
    {
        const int times = 200;
        work();
        var before = Environment.CpuUsage.TotalTime;
        for (var count = 0; count < times; count++)
        {
            work();
        }

        return (Environment.CpuUsage.TotalTime - before) / times;
    }

    private static byte[] WithOptions(int count)
    {
        byte[] query = Message.Query("r0.home.arpa", A);
        return [.. query[..^2], (byte)(count * 4 >> 8), (byte)(count * 4), .. Enumerable.Repeat<byte[]>([0xFD, 0xE9, 0, 0], count).SelectMany(option => option)];
    }
}
