using System.Net;
using System.Net.Sockets;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>What is kept, what goes, what is renewed before its time, and how many wait.</summary>
public sealed class CacheTests
{
    private const string Name = "www.example.com";

    [Fact]
    public async Task What_is_asked_for_near_its_end_is_renewed_before_and_once()
    {
        var time = new ShiftedTime();
        var number = 0;
        await using var upstream = new FakeUpstream((query, _) => [FakeAnswer.To(query).A(Name, $"198.51.100.{Interlocked.Increment(ref number)}", 100).Bytes]);
        using var engine = Asking(time, upstream.Address());
        await engine.AskAsync(Name, A);
        time.Shift(TimeSpan.FromSeconds(80));
        Assert.Equal(["www.example.com. 1 198.51.100.1"], (await engine.AskAsync(Name, A)).AnswerSet);
        Assert.Single(upstream.Asked);
        time.Shift(TimeSpan.FromSeconds(14));
        for (var count = 0; count < 20; count++)
        {
            Assert.StartsWith("www.example.com. 1 198.51.100.", (await engine.AskAsync(Name, A)).AnswerSet.Single(), StringComparison.Ordinal);
        }

        for (var tries = 0; tries < 200 && (await engine.AskAsync(Name, A)).AnswerSet[0] != "www.example.com. 1 198.51.100.2"; tries++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        // Past the end of the first answer the second one is there, and nobody waited for it.
        time.Shift(TimeSpan.FromSeconds(20));
        Assert.Equal(["www.example.com. 1 198.51.100.2"], (await engine.AskAsync(Name, A)).AnswerSet);
        Assert.Equal(2, upstream.Asked.Count);
        Assert.Equal(1, engine.Statistics.Forwarded);
    }

    [Fact]
    public async Task A_full_cache_lets_the_oldest_go_but_spares_what_is_used()
    {
        await using var upstream = new FakeUpstream((query, _) => [FakeAnswer.To(query).A(new Message(query).Question, "198.51.100.1", 3600).Bytes]);
        using var engine = Engine(
            new NameSnapshot { Views = Views, Upstreams = [upstream.Address()] },
            new NameEngineOptions { RateLimit = null, CacheEntries = 100 });
        await engine.AskAsync("used.example.com", A);
        for (var number = 0; number < 1000; number++)
        {
            await engine.AskAsync($"n{number}.example.com", A);
            if (number % 10 == 0)
            {
                await engine.AskAsync("used.example.com", A);
            }
        }

        Assert.Single(upstream.Asked, asked => new Message(asked.Query).Question.Equals("used.example.com.", StringComparison.OrdinalIgnoreCase));
        var before = upstream.Asked.Count;
        await engine.AskAsync("n999.example.com", A);
        Assert.Equal(before, upstream.Asked.Count);
        await engine.AskAsync("n0.example.com", A);
        Assert.Equal(before + 1, upstream.Asked.Count);
    }

    [Fact]
    public async Task Beyond_the_limit_of_waiting_questions_the_next_fails_at_once_and_the_others_go_on()
    {
        var open = new TaskCompletionSource();
        await using var upstream = new FakeUpstream((query, _) =>
        {
            open.Task.Wait(TestContext.Current.CancellationToken);
            return [FakeAnswer.To(query).A(new Message(query).Question, "198.51.100.1").Bytes];
        });
        using var engine = Engine(
            new NameSnapshot { Views = Views, Upstreams = [upstream.Address()] },
            new NameEngineOptions { RateLimit = null, MaxOutstanding = 10, UpstreamTimeout = TimeSpan.FromSeconds(20) });
        var waiting = Enumerable.Range(0, 10).Select(number => engine.AskAsync($"n{number}.example.com", A)).ToArray();
        for (var number = 10; number < 20; number++)
        {
            Assert.Equal(2, (await engine.AskAsync($"n{number}.example.com", A)).Code);
        }

        var joining = engine.AskAsync("n3.example.com", A);
        open.SetResult();
        Assert.All(await Task.WhenAll(waiting.Append(joining)), answer => Assert.Single(answer.Answers));
        Assert.Equal(0, (await engine.AskAsync("n30.example.com", A)).Code);
    }

    [Theory]
    [InlineData(UpstreamTransport.Udp)]
    [InlineData(UpstreamTransport.Tcp)]
    public async Task An_upstream_may_have_an_IPv6_address(UpstreamTransport transport)
    {
        await using var upstream = new FakeUpstream((query, _) => [FakeAnswer.To(query).A(Name, "198.51.100.1").Bytes], address: IPAddress.IPv6Loopback);
        Assert.Equal(AddressFamily.InterNetworkV6, upstream.EndPoint.AddressFamily);
        using var engine = Asking(new ShiftedTime(), UpstreamAddress.Parse($"{transport.ToString().ToLowerInvariant()}://{upstream.EndPoint}"));
        Assert.Equal(["www.example.com. 1 198.51.100.1"], (await engine.AskAsync(Name, A)).AnswerSet);
    }

    [Theory]
    [InlineData("9.9.9.9", "9.9.9.9:53")]
    [InlineData("udp://9.9.9.9:5353", "9.9.9.9:5353")]
    [InlineData("2620:fe::fe", "[2620:fe::fe]:53")]
    [InlineData("tls://[2620:fe::fe]#dns.quad9.net", "[2620:fe::fe]:853")]
    [InlineData("tcp://[::1]:5353", "[::1]:5353")]
    [InlineData("https://[::1]:8443/dns-query", "[::1]:8443")]
    public void Addresses_of_upstreams_keep_their_ports(string text, string endPoint) => Assert.Equal(endPoint, UpstreamAddress.Parse(text).EndPoint.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[::1]:")]
    [InlineData("[::1]:0")]
    [InlineData("9.9.9.9:70000")]
    [InlineData("9.9.9.9:")]
    [InlineData("ftp://9.9.9.9")]
    [InlineData("tls://dns.example")]
    public void What_is_no_address_is_no_upstream(string text) => Assert.Throws<FormatException>(() => UpstreamAddress.Parse(text));

    /// <summary>D8: whatever the others do, one that lives is enough.</summary>
    [Fact]
    public async Task Eighty_questions_to_dead_slow_and_lying_upstreams_never_fail_while_one_lives()
    {
        var random = Seeded();
        var dead = UpstreamAddress.Parse("127.0.0.1:9");
        await using var failing = FakeUpstream.Answering(answer => answer.Code(2));
        await using var silent = new FakeUpstream((_, _) => []);
        await using var garbage = new FakeUpstream((_, _) => [[1, 2, 3]]);
        await using var refusing = FakeUpstream.Answering(answer => answer.Code(5));
        await using var lying = new FakeUpstream((query, _) => [FakeAnswer.To(query).WrongId().A(new Message(query).Question, "203.0.113.66").Bytes]);
        await using var slow = new FakeUpstream((query, _) => [FakeAnswer.To(query).A(new Message(query).Question, "198.51.100.1").Bytes], delay: TimeSpan.FromMilliseconds(150));
        await using var alive = new FakeUpstream((query, _) => [FakeAnswer.To(query).A(new Message(query).Question, "198.51.100.1").Bytes]);
        UpstreamAddress[] others = [dead, failing.Address(), silent.Address(), garbage.Address(), refusing.Address(), lying.Address(), slow.Address()];
        var took = new List<TimeSpan>();
        for (var home = 0; home < 10; home++)
        {
            // Three others and the one that lives, in any order: a question is asked of four.
            UpstreamAddress[] four = [.. others.OrderBy(_ => random.Next()).Take(3), alive.Address()];
            using var engine = Asking(new ShiftedTime(), [.. four.OrderBy(_ => random.Next())]);
            for (var number = 0; number < 8; number++)
            {
                var started = TimeProvider.System.GetTimestamp();
                var answer = await engine.AskAsync($"n{number}.example.com", A);
                took.Add(TimeProvider.System.GetElapsedTime(started));
                Assert.Equal((0, "198.51.100.1"), (answer.Code, answer.Answers.Single().Value));
            }
        }

        Console.WriteLine($"D8: {took.Count} questions, 0 failed, the slowest {took.Max().TotalMilliseconds:F0} ms, the median {took.Order().ElementAt(took.Count / 2).TotalMilliseconds:F1} ms");
    }

    private static NameEngine Asking(TimeProvider time, params UpstreamAddress[] upstreams) =>
        Engine(new NameSnapshot { Views = Views, Upstreams = upstreams }, new NameEngineOptions { RateLimit = null, Time = time });
}
