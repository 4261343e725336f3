using System.Net;
using System.Net.Sockets;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>Upstreams that lie, are slow, or are dead: RFC 5452, RFC 8767, and rebinding.</summary>
public sealed class ForwardingTests
{
    private const string Name = "www.example.com";
    private static readonly UpstreamAddress Dead = UpstreamAddress.Parse("127.0.0.1:9");

    private static NameEngine Asking(params UpstreamAddress[] upstreams) => Asking(new NameSnapshot { Views = Views, Upstreams = upstreams });

    private static NameEngine Asking(NameSnapshot snapshot, NameEngineOptions? options = null) =>
        Engine(snapshot, options ?? new NameEngineOptions { RateLimit = null, UpstreamTimeout = TimeSpan.FromSeconds(1) });

    [Fact]
    public async Task Asks_once_and_then_knows()
    {
        await using var upstream = FakeUpstream.Answering(answer => answer.A(Name, "198.51.100.1").Authentic());
        using var engine = Asking(upstream.Address());
        for (var count = 0; count < 3; count++)
        {
            var answer = await engine.AskAsync("WWW.Example.com", A);
            Assert.Equal([$"{Name}. 1 198.51.100.1"], answer.AnswerSet);
            Assert.Equal("WWW.Example.com.", answer.Question);
            Assert.True(answer.OffersRecursion);
            Assert.False(answer.IsAuthoritative);
            Assert.False(answer.IsAuthentic);
        }

        Assert.Single(upstream.Asked);
        Assert.Equal((1, 2), (engine.Statistics.Forwarded, engine.Statistics.FromCache));
    }

    [Fact]
    public async Task Same_questions_wait_for_one_answer_and_others_have_other_ports_ids_and_cases()
    {
        await using var upstream = FakeUpstream.Answering(answer => answer);
        using var engine = Asking(upstream.Address());
        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => engine.AskAsync($"a{number % 100}.long-enough.example.com", A)));
        var asked = upstream.Asked.ToArray();
        Assert.InRange(asked.Length, 100, 110);
        Assert.InRange(asked.Select(question => question.Port).Distinct().Count(), 90, asked.Length);
        Assert.InRange(asked.Select(question => (question.Query[0] << 8) | question.Query[1]).Distinct().Count(), 90, asked.Length);
        Assert.InRange(asked.Count(question => new Message(question.Query).Question.Any(char.IsUpper)), 95, asked.Length);
    }

    [Fact]
    public async Task Takes_no_answer_with_another_id_question_or_case()
    {
        await using var upstream = new FakeUpstream((query, isTcp) => isTcp
            ? []
            : [FakeAnswer.To(query).WrongId().A(Name, "198.51.100.66").Bytes, FakeAnswer.To(query).OtherCase().A(Name, "198.51.100.66").Bytes,
                FakeAnswer.To(query).Set(2, 0x01).A(Name, "198.51.100.66").Bytes, FakeAnswer.To(query).A(Name, "198.51.100.1").Bytes]);
        using var engine = Asking(upstream.Address());
        Assert.Equal([$"{Name}. 1 198.51.100.1"], (await engine.AskAsync(Name, A)).AnswerSet);
    }

    [Fact]
    public async Task Goes_to_TCP_when_somebody_guesses_or_the_answer_is_cut()
    {
        await using var guessing = new FakeUpstream((query, isTcp) => isTcp
            ? [FakeAnswer.To(query).A(Name, "198.51.100.1").Bytes]
            : Enumerable.Range(0, 20).Select(_ => FakeAnswer.To(query).WrongId().A(Name, "198.51.100.66").Bytes));
        using var engine = Asking(guessing.Address());
        Assert.Equal([$"{Name}. 1 198.51.100.1"], (await engine.AskAsync(Name, A)).AnswerSet);
        await using var cut = new FakeUpstream((query, isTcp) => [isTcp ? FakeAnswer.To(query).A(Name, "198.51.100.2").Bytes : FakeAnswer.To(query).Truncated().Bytes]);
        using var other = Asking(cut.Address());
        Assert.Equal([$"{Name}. 1 198.51.100.2"], (await other.AskAsync(Name, A)).AnswerSet);
    }

    [Fact]
    public async Task Asks_over_TCP_whoever_does_not_keep_the_case_of_letters()
    {
        await using var careless = new FakeUpstream((query, isTcp) => [isTcp ? FakeAnswer.To(query).A(Name, "198.51.100.1").Bytes : FakeAnswer.To(query).OtherCase().A(Name, "198.51.100.1").Bytes]);
        using var engine = Asking(new NameSnapshot { Views = Views, Upstreams = [careless.Address()] }, new NameEngineOptions { RateLimit = null });
        Assert.Equal([$"{Name}. 1 198.51.100.1"], (await engine.AskAsync(Name, A)).AnswerSet);
    }

    [Fact]
    public async Task A_question_that_came_over_UDP_is_passed_on_and_its_answer_comes_back()
    {
        await using var upstream = FakeUpstream.Answering(answer => answer.A(Name, "198.51.100.1"));
        using var engine = Asking(upstream.Address());
        await using var listener = await DnsListener.StartAsync(engine, [new IPEndPoint(IPAddress.Loopback, 0)]);
        var dig = await Programs.RunAsync("dig", $"@{listener.EndPoints[0].Address}", "-p", $"{listener.EndPoints[0].Port}", Name, "A", "+short", "+tries=1", "+time=3");
        Assert.Equal("198.51.100.1", dig.Trim());
    }

    [Fact]
    public async Task Takes_no_answer_from_another_address()
    {
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        FakeUpstream? self = null;
        await using var upstream = new FakeUpstream((query, _) =>
        {
            stranger.Send(FakeAnswer.To(query).A(Name, "198.51.100.66").Bytes, new IPEndPoint(IPAddress.Loopback, self!.Asked.Last().Port));
            return [FakeAnswer.To(query).A(Name, "198.51.100.1").Bytes];
        });
        self = upstream;
        using var engine = Asking(upstream.Address());
        Assert.Equal([$"{Name}. 1 198.51.100.1"], (await engine.AskAsync(Name, A)).AnswerSet);
    }

    [Fact]
    public async Task Keeps_only_the_chain_that_begins_at_the_question()
    {
        await using var upstream = FakeUpstream.Answering(answer => answer
            .Cname(Name, "a.example.net").A("a.example.net", "198.51.100.1").A("bank.test", "198.51.100.66").Cname("other.test", "bank.test").Soa("test"));
        using var engine = Asking(upstream.Address());
        var answer = await engine.AskAsync(Name, A);
        Assert.Equal(["a.example.net. 1 198.51.100.1", $"{Name}. 5 a.example.net."], answer.AnswerSet);
        Assert.Empty(answer.Authorities);
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("127.0.0.1")]
    [InlineData("192.168.1.2")]
    [InlineData("169.254.1.1")]
    [InlineData("172.31.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("64:ff9b::10.1.2.3")]
    public async Task Private_addresses_of_public_names_are_taken_out_unless_a_rule_sends_there(string address)
    {
        var type = address.Contains(':', StringComparison.Ordinal) ? Aaaa : A;
        await using var upstream = FakeUpstream.Answering(answer => answer.A(Name, address));
        using var engine = Asking(upstream.Address());
        var removed = await engine.AskAsync(Name, type);
        Assert.Equal((0, 0), (removed.Code, removed.Answers.Count));
        using var ruled = Asking(new NameSnapshot { Views = Views, Forwards = [new ForwardRule(DnsName.Parse("example.com"), [upstream.Address()])] });
        Assert.Single((await ruled.AskAsync(Name, type)).Answers);
        Assert.Equal(5, (await ruled.AskAsync("www.example.net", type)).Code);
    }

    [Fact]
    public async Task A_dead_a_failing_and_a_silent_upstream_never_fail_while_another_lives()
    {
        await using var failing = FakeUpstream.Answering(answer => answer.Code(2));
        await using var silent = new FakeUpstream((_, _) => []);
        await using var alive = FakeUpstream.Answering(answer => answer.A(Name, "198.51.100.1"));
        using var engine = Asking(Dead, failing.Address(), silent.Address(), alive.Address());
        for (var number = 0; number < 20; number++)
        {
            Assert.Equal(0, (await engine.AskAsync($"n{number}.example.com", A)).Code);
        }

        using var lost = Asking(Dead, failing.Address());
        Assert.Equal(2, (await lost.AskAsync(Name, A)).Code);
    }

    [Fact]
    public async Task Times_to_live_have_bounds()
    {
        await using var upstream = FakeUpstream.Answering(answer => answer.A(Name, "198.51.100.1", 9_000_000).Soa("example.com", 90_000, 90_000));
        using var engine = Asking(upstream.Address());
        Assert.Equal(86_400u, (await engine.AskAsync(Name, A)).Answers.Single().Ttl);
        var reply = Resolution.ReplyReader.Read(FakeAnswer.To(Message.Query("no.example.com", A)).Code(3).Soa("example.com", 90_000, 90_000).Bytes, Message.NameBytes("no.example.com"), RecordType.A, false, false);
        Assert.Equal(3600u, reply?.TtlSeconds);
    }

    [Fact]
    public async Task An_answer_past_its_time_is_given_within_1_8_seconds_when_nobody_answers()
    {
        var isSilent = false;
        var time = new ShiftedTime();
        await using var upstream = new FakeUpstream((query, _) => isSilent ? [] : [FakeAnswer.To(query).A(Name, "198.51.100.1", 60).Bytes]);
        using var engine = Asking(new NameSnapshot { Views = Views, Upstreams = [upstream.Address()] }, new NameEngineOptions { Time = time, StaleAfter = TimeSpan.FromSeconds(0.5) });
        await engine.AskAsync(Name, A);
        isSilent = true;
        time.Shift(TimeSpan.FromMinutes(5));
        var started = TimeProvider.System.GetTimestamp();
        var stale = await engine.AskAsync(Name, A);
        Assert.Equal(30u, stale.Answers.Single().Ttl);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1.8));
        Assert.Equal(1, engine.Statistics.Stale);
        time.Shift(TimeSpan.FromDays(2));
        Assert.Equal(2, (await engine.AskAsync(Name, A)).Code);
    }

    [Fact]
    public async Task An_alias_of_ours_that_leads_away_is_followed()
    {
        await using var upstream = FakeUpstream.Answering(answer => answer.Cname(Name, "a.example.net").A("a.example.net", "198.51.100.1"));
        using var engine = Asking(new NameSnapshot { Views = Views, Zones = [Zone("home.arpa", $"web.home.arpa CNAME {Name}")], Upstreams = [upstream.Address()] });
        Assert.Equal(["a.example.net. 1 198.51.100.1", $"web.home.arpa. 5 {Name}.", $"{Name}. 5 a.example.net."], (await engine.AskAsync("web.home.arpa", A)).AnswerSet);
    }

    [Fact]
    public async Task A_view_without_recursion_gets_our_zones_only()
    {
        await using var upstream = FakeUpstream.Answering(answer => answer.A(Name, "198.51.100.1"));
        using var engine = Asking(new NameSnapshot
        {
            Views = [new View("public", [IPNetwork.Parse("0.0.0.0/0")]) { IsRecursive = false }],
            Zones = [Zone("home.test", "home.test A 203.0.113.1")],
            Upstreams = [upstream.Address()],
        });
        Assert.Equal(5, (await engine.AskAsync(Name, A)).Code);
        Assert.Single((await engine.AskAsync("home.test", A)).Answers);
        Assert.Empty(upstream.Asked);
    }

    [Theory]
    [InlineData(UpstreamTransport.Tls)]
    [InlineData(UpstreamTransport.Https)]
    public async Task Asks_encrypted_and_only_a_server_of_the_right_name(UpstreamTransport transport)
    {
        using var certificate = FakeUpstream.Certificate("dns.test");
        await using var upstream = new FakeUpstream((query, _) => [FakeAnswer.To(query).A(Name, "198.51.100.1").Authentic().Bytes], certificate, transport == UpstreamTransport.Https);
        var options = new NameEngineOptions { TrustedRoots = [certificate], UpstreamTimeout = TimeSpan.FromSeconds(5) };
        using var engine = Asking(new NameSnapshot { Views = Views, Upstreams = [upstream.Address(transport, "dns.test")] }, options);
        for (var number = 0; number < 3; number++)
        {
            var answer = await engine.AskAsync(number == 0 ? Name : $"n{number}.example.com", A, dnssec: true);
            Assert.Equal(0, answer.Code);
            Assert.True(answer.IsAuthentic);
        }

        using var misled = Asking(new NameSnapshot { Views = Views, Upstreams = [upstream.Address(transport, "other.test")] }, options);
        Assert.Equal(2, (await misled.AskAsync(Name, A)).Code);
    }
}
