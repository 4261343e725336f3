using System.Net;
using System.Net.Sockets;
using Homestack.NameServer.Upstreams;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>Named attacks on the cache, and how well ports, ids and cases can be guessed (D4).</summary>
public sealed class PoisoningTests
{
    private const string Name = "www.example.com", Good = "198.51.100.1", Bad = "203.0.113.66";

    /// <summary>What a forger sends before the true answer comes, each from the right address and port: only what is in the message can give it away.</summary>
    public static TheoryData<string, Func<byte[], byte[]>> Forgeries() => new()
    {
        { "an id that was guessed wrong", query => FakeAnswer.To(query).WrongId().A(Name, Bad).Bytes },
        { "an id one off", query => FakeAnswer.To(query).Set(1, (byte)(query[1] + 1)).A(Name, Bad).Bytes },
        { "case of letters not kept (0x20)", query => FakeAnswer.To(query).OtherCase().A(Name, Bad).Bytes },
        { "all letters small", query => Small(FakeAnswer.To(query)).A(Name, Bad).Bytes },
        { "another name", query => FakeAnswer.To(Message.Query("wwx.example.com", A, (query[0] << 8) | query[1])).A(Name, Bad).Bytes },
        { "another type", query => FakeAnswer.To(query).Set(query.Length - 11 - 3, 28).A(Name, Bad).Bytes },
        { "another class", query => FakeAnswer.To(query).Set(query.Length - 11 - 1, 3).A(Name, Bad).Bytes },
        { "a question, not an answer", query => FakeAnswer.To(query).Set(2, 0x01).A(Name, Bad).Bytes },
        { "an answer to another operation", query => FakeAnswer.To(query).Set(2, 0xA9).A(Name, Bad).Bytes },
        { "no question in it", query => FakeAnswer.To(query).Set(5, 0).A(Name, Bad).Bytes },
        { "two questions in it", query => FakeAnswer.To(query).Set(5, 2).A(Name, Bad).Bytes },
        { "the head alone", query => FakeAnswer.To(query).Bytes[..12] },
        { "nothing", _ => [] },
        { "a second fragment alone", query => FakeAnswer.To(query).A(Name, Bad).Bytes[20..] },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_answer_is_not_taken(string kind, Func<byte[], byte[]> forge)
    {
        Assert.NotEmpty(kind);
        await using var upstream = new FakeUpstream((query, isTcp) => isTcp ? [] : [.. Enumerable.Range(0, 5).Select(_ => forge(query)), FakeAnswer.To(query).A(Name, Good).Bytes]);
        using var engine = Asking(upstream.Address());
        Assert.Equal([$"{Name}. 1 {Good}"], (await engine.AskAsync(Name, A)).AnswerSet);
        Assert.Equal([$"{Name}. 1 {Good}"], (await engine.AskAsync(Name, A)).AnswerSet);
    }

    /// <summary>What an upstream that lies, or one in the middle, puts beside a true answer.</summary>
    private static readonly Dictionary<string, Func<FakeAnswer, FakeAnswer>> Added = new()
    {
        { "Kaminsky: the address of the zone's server", answer => answer.Ns("example.com", "bank.test").Glue("bank.test", Bad) },
        { "a record of another name in the answer", answer => answer.A("bank.test", Bad) },
        { "an alias of another name", answer => answer.Cname("bank.test", "evil.test").A("evil.test", Bad) },
        { "ghost domain: servers of the parent with a long life", answer => answer.Ns("com", "evil.test").Glue("evil.test", Bad) },
        { "the root's servers", answer => answer.Ns(".", "evil.test").Glue("evil.test", Bad) },
        { "a SOA of another zone", answer => answer.Soa("test", 86400, 86400) },
    };

    public static TheoryData<string> Additions() => [.. Added.Keys];

    [Theory]
    [MemberData(nameof(Additions))]
    public async Task What_was_not_asked_for_is_not_kept(string kind)
    {
        var add = Added[kind];
        await using var upstream = new FakeUpstream((query, _) =>
        {
            var question = new Message(query).Question.ToLowerInvariant();
            return [question == Name + "." ? add(FakeAnswer.To(query).A(Name, Good)).Bytes : FakeAnswer.To(query).A(question, "198.51.100.9").Bytes];
        });
        using var engine = Asking(upstream.Address());
        var answer = await engine.AskAsync(Name, A);
        Assert.Equal([$"{Name}. 1 {Good}"], answer.AnswerSet);
        Assert.Empty(answer.Authorities);
        foreach (var other in new[] { "bank.example", "evil.example", "com", "example.com" })
        {
            Assert.Equal([$"{other}. 1 198.51.100.9"], (await engine.AskAsync(other, A)).AnswerSet);
        }
    }

    [Fact]
    public async Task A_thousand_guesses_send_the_question_over_TCP()
    {
        var random = new Random(7);
        await using var upstream = new FakeUpstream((query, isTcp) => isTcp
            ? [FakeAnswer.To(query).A(Name, Good).Bytes]
            : Enumerable.Range(0, 1000).Select(_ => FakeAnswer.To(query).Set(0, (byte)(query[0] + 1 + random.Next(255))).A(Name, Bad).Bytes));
        using var engine = Asking(upstream.Address());
        Assert.Equal([$"{Name}. 1 {Good}"], (await engine.AskAsync(Name, A)).AnswerSet);
    }

    /// <summary>The forger knows port, name and type of every question; sixteen guesses of each are heard before it goes over TCP.</summary>
    [Fact]
    public void Guesses_of_id_and_case_hit_nothing()
    {
        var count = Environment.GetEnvironmentVariable("HOMESTACK_LONG") is { Length: > 0 } ? 100_000_000L : 1_000_000;
        var name = DnsName.Parse("www.bank-of-example.com").Wire.ToArray();
        var random = new Random(Environment.TickCount);
        var guess = new byte[512];
        var (tried, ids, taken) = (0L, 0L, 0L);
        for (UpstreamQuery? query = null; tried < count; tried++)
        {
            if (query is null || tried % 16 == 0)
            {
                query = UpstreamQuery.Create(name, RecordType.A, wantsDnssec: false, hasRandomId: true, hasRandomCase: true);
                query.Packet.CopyTo(guess, 0);
                guess[2] = 0x84;
            }

            random.NextBytes(guess.AsSpan(0, 2));
            var coins = random.Next();
            foreach (ref var letter in guess.AsSpan(12, name.Length))
            {
                letter = (letter | 0x20) is >= (byte)'a' and <= (byte)'z' && letter >= 64 ? (byte)((letter & ~0x20) | ((coins & 1) << 5)) : letter;
                coins = (coins >> 1) | ((coins & 1) << 30);
            }

            ids += guess[0] == query.Packet[0] && guess[1] == query.Packet[1] ? 1 : 0;
            taken += query.IsAnsweredBy(guess.AsSpan(0, query.Packet.Length)) ? 1 : 0;
        }

        Console.WriteLine($"D4: {tried} forged answers with the right port and question, {ids} with the right id, {taken} taken");
        Assert.Equal(0, taken);

        // The forger guesses as well as one can: every 65,536th id is right.
        Assert.InRange(ids, (count / 65536) - (10 * Math.Sqrt(count / 65536.0)), (count / 65536) + (10 * Math.Sqrt(count / 65536.0)));
    }

    [Fact]
    public async Task Birthday_one_question_is_outstanding_however_many_ask()
    {
        await using var upstream = new FakeUpstream((query, _) => [FakeAnswer.To(query).A(Name, Good).Bytes]);
        using var engine = Asking(upstream.Address());
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => engine.AskAsync(Name, A)));
        Assert.Single(upstream.Asked);
    }

    [Fact]
    public async Task Another_socket_another_port_or_a_late_answer_are_not_heard()
    {
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var otherAddress = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
        FakeUpstream? self = null;
        var first = (Port: 0, Query: Array.Empty<byte>());
        await using var upstream = new FakeUpstream((query, _) =>
        {
            var port = self!.Asked.Last().Port;
            foreach (var forger in new[] { stranger, otherAddress })
            {
                forger.Send(FakeAnswer.To(query).A(Name, Bad).Bytes, new IPEndPoint(IPAddress.Loopback, port));
            }

            if (first.Port != 0)
            {
                // An answer to the question before, to the port of then.
                stranger.Send(FakeAnswer.To(first.Query).A(Name, Bad).Bytes, new IPEndPoint(IPAddress.Loopback, first.Port));
            }

            first = (port, query);
            return [FakeAnswer.To(query).A(new Message(query).Question, Good).Bytes];
        });
        self = upstream;
        using var engine = Asking(upstream.Address());
        for (var number = 0; number < 50; number++)
        {
            Assert.EndsWith($" 1 {Good}", (await engine.AskAsync($"n{number}.example.com", A)).AnswerSet.Single(), StringComparison.Ordinal);
        }

        Assert.InRange(upstream.Asked.Select(asked => asked.Port).Distinct().Count(), 48, 50);
    }

    [Fact]
    public async Task Ports_ids_and_cases_cannot_be_told_from_chance()
    {
        var count = Environment.GetEnvironmentVariable("HOMESTACK_LONG") is { Length: > 0 } ? 100_000 : 4000;
        await using var upstream = new FakeUpstream((query, _) => [FakeAnswer.To(query).Bytes]);
        using var engine = Asking(upstream.Address());
        for (var number = 0; number < count; number += 50)
        {
            await Task.WhenAll(Enumerable.Range(number, 50).Select(each => engine.AskAsync($"n{each}.abcdefghijklmnop.example.com", A)));
        }

        var asked = upstream.Asked.ToArray();
        Assert.InRange(asked.Length, count, count + (count / 50));

        // Chi-square over 64 equal parts has a mean of 63 and a deviation of 11.2; 130 and less than 25 are six and more than three of them away.
        double ids = ChiSquare(asked.Select(each => ((each.Query[0] << 8) | each.Query[1]) >> 10)), low = ChiSquare(asked.Select(each => each.Query[1] & 63));
        double ports = ChiSquare(asked.Select(each => (each.Port - 1024) * 64 / (65536 - 1024)));
        double steps = ChiSquare(asked.Zip(asked.Skip(1)).Select(pair => ((pair.Second.Port - pair.First.Port) & 0xFFFF) % 64));
        double cases = ChiSquare(asked.Select(each => Enumerable.Range(0, 6).Sum(bit => (new Message(each.Query).Question[^(17 + bit)] & 0x20) >> 5 << bit)));
        Console.WriteLine($"D4: {asked.Length} questions, chi-square of 64 parts: ids {ids:F0} and {low:F0}, ports {ports:F0}, steps {steps:F0}, cases {cases:F0}; {asked.Select(each => each.Port).Distinct().Count()} ports");
        Assert.All([ids, low, ports, steps, cases], value => Assert.InRange(value, 20, 135));

        // The 16 bits of the id, nearly as many of the port, and one for each letter.
        Assert.InRange(Math.Log2(65536 - 1024), 15, 16);
    }

    private static NameEngine Asking(UpstreamAddress upstream) =>
        Engine(new NameSnapshot { Views = Views, Upstreams = [upstream] }, new NameEngineOptions { RateLimit = null, CacheEntries = 200_000, UpstreamTimeout = TimeSpan.FromSeconds(5) });

    private static FakeAnswer Small(FakeAnswer answer)
    {
        var bytes = answer.Bytes;
        for (var at = 12; at < bytes.Length; at++)
        {
            answer.Set(at, (byte)char.ToLowerInvariant((char)bytes[at]));
        }

        return answer;
    }

    private static double ChiSquare(IEnumerable<int> values)
    {
        var counts = new int[64];
        var total = 0;
        foreach (var value in values)
        {
            counts[value]++;
            total++;
        }

        var expected = total / 64.0;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
