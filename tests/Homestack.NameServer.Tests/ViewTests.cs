using System.Net;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>Each client sees its own view and no trace of the others.</summary>
public sealed class ViewTests
{
    private readonly NameEngine engine = Engine(new NameSnapshot
    {
        Views = Views,
        Zones =
        [
            new Zone(DnsName.Parse("home.arpa"),
            [
                Record("nas.home.arpa A 192.168.1.2", "lan"), Record("nas.home.arpa A 10.8.0.1", "vpn"), Record("deep.under.lanonly.home.arpa A 192.168.1.3", "lan"),
                Record("*.apps.home.arpa A 192.168.1.4", "lan"), Record("both.home.arpa A 192.168.1.5"), Record("mixed.home.arpa A 192.168.1.6"), Record("mixed.home.arpa TXT \"lan\"", "lan"),
            ]),
        ],
    });

    [Fact]
    public void The_same_name_answers_differently()
    {
        Assert.Equal(["nas.home.arpa. 1 192.168.1.2"], engine.Ask("nas.home.arpa", A, Lan).AnswerSet);
        Assert.Equal(["nas.home.arpa. 1 10.8.0.1"], engine.Ask("nas.home.arpa", A, Vpn).AnswerSet);
    }

    [Theory]
    [InlineData("deep.under.lanonly.home.arpa")]
    [InlineData("under.lanonly.home.arpa")]
    [InlineData("lanonly.home.arpa")]
    [InlineData("x.apps.home.arpa")]
    [InlineData("apps.home.arpa")]
    public void A_name_of_another_view_looks_exactly_like_one_that_does_not_exist(string name)
    {
        Assert.Equal(0, engine.Ask(name, A, Lan).Code);
        var hidden = engine.Ask(name, A, Vpn);
        var absent = engine.Ask(new string('q', name.IndexOf('.', StringComparison.Ordinal)) + name[name.IndexOf('.', StringComparison.Ordinal)..], A, Vpn);
        Assert.Equal(3, hidden.Code);
        var start = 12 + name.Length + 2;
        Assert.Equal(absent.Bytes[start..], hidden.Bytes[start..]);
        Assert.Equal(absent.Bytes[..12], hidden.Bytes[..12]);
    }

    [Fact]
    public void A_type_of_another_view_is_no_data()
    {
        Assert.Single(engine.Ask("mixed.home.arpa", Txt, Lan).Answers);
        var hidden = engine.Ask("mixed.home.arpa", Txt, Vpn);
        Assert.Equal((0, 0, 1), (hidden.Code, hidden.Answers.Count, hidden.Authorities.Count));
    }

    [Theory]
    [InlineData("203.0.113.9")]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:203.0.113.9")]
    public void A_client_in_no_view_is_refused_whatever_it_asks(string address)
    {
        var client = new IPEndPoint(IPAddress.Parse(address), 1);
        foreach (var name in new[] { "nas.home.arpa", "home.arpa", "both.home.arpa", "example.com", "." })
        {
            var answer = engine.Ask(name, A, client);
            Assert.Equal((5, 0, 0), (answer.Code, answer.Answers.Count, answer.Authorities.Count));
            Assert.True(answer.Bytes.Length <= Message.Query(name, A).Length);
        }
    }

    [Fact]
    public void The_longest_prefix_decides_and_mapped_addresses_are_IPv4()
    {
        Assert.Equal(["nas.home.arpa. 1 10.8.0.1"], engine.Ask("nas.home.arpa", A, new IPEndPoint(IPAddress.Parse("192.168.77.1"), 1)).AnswerSet);
        Assert.Equal(["nas.home.arpa. 1 192.168.1.2"], engine.Ask("nas.home.arpa", A, new IPEndPoint(IPAddress.Parse("::ffff:192.168.1.9"), 1)).AnswerSet);
        Assert.Equal(["nas.home.arpa. 1 192.168.1.2"], engine.Ask("nas.home.arpa", A, new IPEndPoint(IPAddress.Parse("fd12::9"), 1)).AnswerSet);
    }

    [Fact]
    public void A_view_for_every_IPv6_client_holds_no_IPv4_client()
    {
        using var other = Engine(new NameSnapshot { Views = [new("six", [IPNetwork.Parse("::/0")])], Zones = [Zone("home.arpa", "nas.home.arpa A 192.168.1.2")] });
        Assert.Equal(5, other.Ask("nas.home.arpa", A, Lan).Code);
        Assert.Equal(0, other.Ask("nas.home.arpa", A, new IPEndPoint(IPAddress.Parse("2001:db8::1"), 1)).Code);
    }

    [Fact]
    public void Ten_thousand_names_in_six_views_never_cross()
    {
        var random = Seeded();
        var views = Enumerable.Range(0, 6).Select(number => new View($"v{number}", [IPNetwork.Parse($"10.{number}.0.0/16")])).ToArray();
        var owners = Enumerable.Range(0, 10_000).Select(_ => views.Where(_ => random.Next(3) == 0).Select(view => view.Name).DefaultIfEmpty("v0").ToArray()).ToArray();
        using var many = Engine(new NameSnapshot
        {
            Views = views,
            Zones = [new Zone(DnsName.Parse("z.test"), [.. owners.Select((seen, number) => Record($"h{number}.d{number % 97}.z.test A 192.0.2.{number % 250}", seen))])],
        });
        for (var number = 0; number < owners.Length; number++)
        {
            for (var view = 0; view < views.Length; view++)
            {
                var answer = many.Ask($"h{number}.d{number % 97}.z.test", A, new IPEndPoint(IPAddress.Parse($"10.{view}.3.4"), 1));
                Assert.Equal(owners[number].Contains($"v{view}"), answer.Answers.Count == 1);
            }
        }
    }

    [Fact]
    public void The_log_keeps_no_more_than_its_level_and_forgets_when_that_falls()
    {
        NameSnapshot At(QueryLogLevel level) => new() { Views = Views, Zones = [Zone("home.arpa", "nas.home.arpa A 192.168.1.2")], Log = level };
        using var logged = Engine(At(QueryLogLevel.Anonymous));
        logged.Ask("nas.home.arpa", A, Vpn);
        Assert.Null(logged.RecentQueries(10).Single().Client);
        logged.Swap(At(QueryLogLevel.Full));
        logged.Ask("nas.home.arpa", A, Vpn);
        Assert.Equal([Vpn.Address, null], logged.RecentQueries(10).Select(query => query.Client));
        logged.Swap(At(QueryLogLevel.Anonymous));
        Assert.Empty(logged.RecentQueries(10));
        logged.Ask("nas.home.arpa", A, Vpn);
        logged.Swap(At(QueryLogLevel.Off));
        logged.Ask("nas.home.arpa", A, Vpn);
        Assert.Empty(logged.RecentQueries(10));
        Assert.Equal(4, logged.Statistics.Queries);
    }

    [Fact]
    public void The_log_tells_who_asked_what()
    {
        engine.Swap(new NameSnapshot { Views = Views, Zones = [Zone("home.arpa", "nas.home.arpa A 10.8.0.1")], Log = QueryLogLevel.Full });
        engine.Ask("nas.home.arpa", A, Vpn);
        engine.Ask("gone.home.arpa", Aaaa, Stranger);
        var log = engine.RecentQueries(2);
        Assert.Equal((ResponseCode.Refused, "", "gone.home.arpa", RecordType.Aaaa), (log[0].Code, log[0].View, log[0].Name.ToString(), log[0].Type));
        Assert.Equal((ResponseCode.NoError, "vpn", "nas.home.arpa", Vpn.Address), (log[1].Code, log[1].View, log[1].Name.ToString(), log[1].Client));
        Assert.Equal(2, engine.Statistics.Queries);
    }
}
