using System.Net;
using Homestack.NameServer.Clients;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>What a forged address gets: little. What a client that shows a cookie gets: whole answers. RFC 7873, and D6.</summary>
public sealed class CookieTests
{
    private static readonly byte[] Part = [1, 2, 3, 4, 5, 6, 7, 8];

    private readonly NameEngine engine = Engine(Zone("home.arpa", [.. Enumerable.Range(0, 60).Select(number => $"many.home.arpa A 192.168.7.{number}"), "nas.home.arpa A 192.168.1.2"]));

    [Fact]
    public void Without_a_cookie_an_answer_is_at_most_eight_times_its_question_and_with_one_whole()
    {
        var plain = Message.Query("many.home.arpa", A, payload: 4096);
        var cut = engine.Send(plain);
        Assert.True(cut.IsTruncated);
        Assert.InRange(cut.Bytes.Length, 12, plain.Length * 8);

        var first = engine.Send(WithCookie("many.home.arpa", Part));
        var cookie = Given(first);
        Assert.True(first.IsTruncated);
        Assert.Equal(Part, cookie[..8]);
        var second = engine.Send(WithCookie("many.home.arpa", cookie));
        Assert.False(second.IsTruncated);
        Assert.Equal(60, second.Answers.Count);
        Assert.InRange(second.Bytes.Length, 600, 1232);
    }

    [Fact]
    public void A_cookie_is_of_one_address_one_client_and_unforged()
    {
        var cookie = Given(engine.Send(WithCookie("nas.home.arpa", Part)));
        bool IsWhole(byte[] given, IPEndPoint? client = null) => !engine.Send(WithCookie("many.home.arpa", given), client).IsTruncated;
        Assert.True(IsWhole(cookie));
        Assert.False(IsWhole(cookie, new IPEndPoint(IPAddress.Parse("192.168.1.21"), 5000)));
        for (var at = 0; at < cookie.Length; at++)
        {
            var forged = cookie.ToArray();
            forged[at] ^= 1;
            Assert.False(IsWhole(forged), $"byte {at}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(41)]
    public void A_cookie_of_an_impossible_length_is_a_format_error(int length) => Assert.Equal(1, engine.Send(WithCookie("nas.home.arpa", new byte[length])).Code);

    [Fact]
    public void A_cookie_ends_after_an_hour_and_outlives_a_change_of_keys()
    {
        var time = new SetTime();
        var cookies = new ServerCookies(time);
        var client = ClientAddress.From(Lan.Address);
        byte[] Make()
        {
            var cookie = new byte[ServerCookies.Length];
            cookies.Write(Part, client, cookie);
            return cookie;
        }

        var first = Make();
        Assert.True(cookies.IsOurs(first, client));
        time.Now += TimeSpan.FromMinutes(59);
        Assert.True(cookies.IsOurs(first, client));
        time.Now += TimeSpan.FromMinutes(2);
        Assert.False(cookies.IsOurs(first, client));
        time.Now = SetTime.Start + TimeSpan.FromHours(23.9);
        var late = Make();
        time.Now += TimeSpan.FromHours(0.5);
        Assert.True(cookies.IsOurs(late, client));
        time.Now += TimeSpan.FromHours(48);
        Make();
        time.Now += TimeSpan.FromHours(48);
        Make();
        time.Now = SetTime.Start + TimeSpan.FromHours(24);
        Assert.False(cookies.IsOurs(late, client));
    }

    [Fact]
    public async Task Dig_takes_our_cookies_for_good_ones()
    {
        await using var listener = await DnsListener.StartAsync(engine, [new IPEndPoint(IPAddress.Loopback, 0)]);
        var answer = await Programs.RunAsync("dig", "@127.0.0.1", "-p", $"{listener.EndPoints[0].Port}", "+cookie=0102030405060708", "nas.home.arpa", "A");
        Assert.Contains("; COOKIE: 0102030405060708f1000000", answer, StringComparison.Ordinal);
        Assert.Contains("(good)", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forged_flood_gives_its_victim_five_answers_a_second()
    {
        var time = new SetTime();
        using var flooded = Engine(new NameSnapshot { Views = Views, Zones = [Zone("home.arpa", "nas.home.arpa A 192.168.1.2")] }, new NameEngineOptions { Time = time });
        var answers = 0;
        for (var question = 0; question < 50_000; question++)
        {
            time.Now += TimeSpan.FromMicroseconds(100);
            answers += flooded.Send(Message.Query("nas.home.arpa", A, question & 0xFFFF), Stranger).Bytes.Length > 0 ? 1 : 0;
        }

        // Five seconds, and five that a quiet time leaves.
        Assert.InRange(answers, 5, 31);
        Assert.Equal(0, flooded.Ask("nas.home.arpa", A).Code);
    }

    [Fact]
    public async Task Recursion_from_outside_is_refused_whatever_is_cached()
    {
        await using var upstream = FakeUpstream.Answering(answer => answer.A("www.example.com", "198.51.100.1"));
        using var asking = Engine(new NameSnapshot { Views = Views, Upstreams = [upstream.Address()] });
        await asking.AskAsync("www.example.com", A);
        foreach (var packet in new[] { Message.Query("www.example.com", A), Message.Query("www.example.com", A, recurse: false), WithCookie("www.example.com", Part) })
        {
            var refused = asking.Send(packet, Stranger);
            Assert.Equal((5, 0), (refused.Code, refused.Answers.Count));
        }

        Assert.Single(upstream.Asked);
    }

    private static byte[] WithCookie(string name, byte[] cookie) =>
        [.. Message.Query(name, A)[..^2], (byte)(cookie.Length + 4 >> 8), (byte)(cookie.Length + 4), 0, 10, 0, (byte)cookie.Length, .. cookie];

    /// <summary>The cookie at the end of an answer.</summary>
    private static byte[] Given(Message answer)
    {
        Assert.Equal([0, 10, 0, 24], answer.Bytes[^28..^24]);
        return answer.Bytes[^24..];
    }

    private sealed class SetTime : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

        public DateTimeOffset Now { get; set; } = Start;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.Ticks;
    }
}
