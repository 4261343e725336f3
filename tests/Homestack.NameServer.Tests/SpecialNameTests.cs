using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>Names of the house, of this machine, and of nobody never leave: RFC 6303, 6761, 6762, 7686, 8375, 9462, 9476.</summary>
public sealed class SpecialNameTests
{
    [Theory]
    [InlineData("x.invalid", 3)]
    [InlineData("abcdefghij.onion", 3)]
    [InlineData("a.b.test", 3)]
    [InlineData("printer.local", 3)]
    [InlineData("x.alt", 3)]
    [InlineData("x.internal", 3)]
    [InlineData("nas.home.arpa", 3)]
    [InlineData("home.arpa", 0)]
    [InlineData("_dns.resolver.arpa", 3)]
    [InlineData("4.3.2.10.in-addr.arpa", 3)]
    [InlineData("1.1.168.192.in-addr.arpa", 3)]
    [InlineData("1.0.16.172.in-addr.arpa", 3)]
    [InlineData("1.0.31.172.in-addr.arpa", 3)]
    [InlineData("1.0.64.100.in-addr.arpa", 3)]
    [InlineData("1.0.127.100.in-addr.arpa", 3)]
    [InlineData("1.0.0.127.in-addr.arpa", 3)]
    [InlineData("1.2.254.169.in-addr.arpa", 3)]
    [InlineData("255.255.255.255.in-addr.arpa", 0)]
    [InlineData("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa", 0)]
    [InlineData("1.0.d.f.ip6.arpa", 3)]
    [InlineData("1.8.e.f.ip6.arpa", 3)]
    [InlineData("1.b.e.f.ip6.arpa", 3)]
    [InlineData("8.b.d.0.1.0.0.2.ip6.arpa", 0)]
    public async Task They_are_answered_here(string name, int code)
    {
        await using var upstream = FakeUpstream.Answering(answer => answer.A(name, "198.51.100.1"));
        using var engine = Engine(new NameSnapshot { Views = Views, Upstreams = [upstream.Address()] });
        foreach (var type in new[] { 12, A, Soa })
        {
            var answer = await engine.AskAsync(name, type);
            Assert.Equal(code, answer.Code);
            Assert.True(answer.IsAuthoritative);
        }

        Assert.Empty(upstream.Asked);
    }

    [Theory]
    [InlineData("1.0.15.172.in-addr.arpa")]
    [InlineData("1.0.32.172.in-addr.arpa")]
    [InlineData("1.0.63.100.in-addr.arpa")]
    [InlineData("1.0.128.100.in-addr.arpa")]
    [InlineData("1.1.169.192.in-addr.arpa")]
    [InlineData("8.8.8.8.in-addr.arpa")]
    [InlineData("c.e.f.ip6.arpa")]
    [InlineData("localhosts")]
    [InlineData("xtest")]
    public async Task Their_neighbours_are_asked_for(string name)
    {
        await using var upstream = FakeUpstream.Answering(answer => answer.Ptr(name, "x.example.com"));
        using var engine = Engine(new NameSnapshot { Views = Views, Upstreams = [upstream.Address()] });
        Assert.Single((await engine.AskAsync(name, 12)).Answers);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("a.b.localhost")]
    public void Localhost_is_this_machine(string name)
    {
        using var engine = Engine(new NameSnapshot { Views = Views });
        Assert.EndsWith(" 1 127.0.0.1", engine.Ask(name, A).AnswerSet.Single(), StringComparison.Ordinal);
        Assert.EndsWith(" 28 ::1", engine.Ask(name, Aaaa).AnswerSet.Single(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (engine.Ask(name, Mx).Code, engine.Ask(name, Mx).Answers.Count));
    }

    [Fact]
    public async Task A_zone_of_the_home_and_a_forward_rule_take_their_place()
    {
        await using var router = FakeUpstream.Answering(answer => answer.Ptr("1.1.168.192.in-addr.arpa", "router.lan"));
        using var engine = Engine(new NameSnapshot
        {
            Views = Views,
            Zones = [Zone("home.arpa", "nas.home.arpa A 192.168.1.2"), Zone("4.3.2.10.in-addr.arpa", "4.3.2.10.in-addr.arpa PTR nas.home.arpa")],
            Forwards = [new ForwardRule(DnsName.Parse("168.192.in-addr.arpa"), [router.Address()]), new ForwardRule(DnsName.Parse("corp.test"), [router.Address()])],
        });
        Assert.Single(engine.Ask("nas.home.arpa", A).Answers);
        Assert.Equal(["4.3.2.10.in-addr.arpa. 12 nas.home.arpa."], engine.Ask("4.3.2.10.in-addr.arpa", 12).AnswerSet);
        Assert.Equal(3, engine.Ask("5.3.2.10.in-addr.arpa", 12).Code);
        Assert.Equal(["1.1.168.192.in-addr.arpa. 12 router.lan."], (await engine.AskAsync("1.1.168.192.in-addr.arpa", 12)).AnswerSet);
        Assert.Equal(0, (await engine.AskAsync("x.corp.test", A)).Code);
        Assert.Equal(3, engine.Ask("x.other.test", A).Code);
    }
}
