using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>Answers from our own zones: RFC 1034 §4.3.2 and §6.2, RFC 2308, RFC 4592, RFC 8482.</summary>
public sealed class ZoneTests
{
    /// <summary>The zone of RFC 4592 §2.2.1, without its delegation.</summary>
    private readonly NameEngine wild = Engine(Zone(
        "example", "*.example TXT \"this is a wildcard\"", "*.example MX 10 host1.example", "sub.*.example TXT \"this is not a wildcard\"",
        "host1.example A 192.0.2.1", "_ssh._tcp.host1.example SRV 0 0 22 host1.example", "_ssh._tcp.host2.example SRV 0 0 22 host2.example"));

    [Theory]
    [InlineData("host3.example", Mx, 0, "host3.example. 15 10 host1.example.")]
    [InlineData("host3.example", A, 0, null)]
    [InlineData("foo.bar.example", Txt, 0, "foo.bar.example. 16 1274686973206973206120776964636172640a")]
    [InlineData("host1.example", Mx, 0, null)]
    [InlineData("sub.*.example", Mx, 0, null)]
    [InlineData("_telnet._tcp.host1.example", Srv, 3, null)]
    [InlineData("ghost.*.example", Mx, 3, null)]
    [InlineData("*.example", Mx, 0, "*.example. 15 10 host1.example.")]
    [InlineData("_tcp.host2.example", Mx, 0, null)]
    public void Wildcards_as_in_RFC_4592_section_2_2_1(string name, int type, int code, string? answer)
    {
        var message = wild.Ask(name, type);
        Assert.Equal(code, message.Code);
        Assert.Equal(answer is null ? 0 : 1, message.Answers.Count);
        if (answer is not null && type != Txt)
        {
            Assert.Equal(answer, message.AnswerSet[0]);
        }

        Assert.Equal(answer is null ? 1 : 0, message.Authorities.Count(record => record.Type == Soa));
    }

    /// <summary>A part of the zones of RFC 1034 §6.1, and the questions of §6.2.1 to §6.2.5.</summary>
    private readonly NameEngine arpanet = Engine(
        Zone("edu", "edu NS sri-nic.arpa", "edu SOA sri-nic.arpa hostmaster.sri-nic.arpa 870729 1800 300 604800 86400"),
        Zone("arpa", "sri-nic.arpa A 26.0.0.73", "sri-nic.arpa A 10.0.0.51", "sri-nic.arpa MX 0 sri-nic.arpa", "sri-nic.arpa HINFO \\# 16 084445432D32303630 06544F50533230",
            "usc-isic.arpa CNAME c.isi.edu", "acc.arpa A 26.6.0.65"));

    [Fact]
    public void Answers_all_addresses_of_a_host()
    {
        var answer = arpanet.Ask("SRI-NIC.ARPA", A);
        Assert.Equal(["sri-nic.arpa. 1 10.0.0.51", "sri-nic.arpa. 1 26.0.0.73"], answer.AnswerSet);
        Assert.True(answer.IsAuthoritative);
    }

    [Fact]
    public void Answers_the_mail_of_a_host() => Assert.Equal(["sri-nic.arpa. 15 0 sri-nic.arpa."], arpanet.Ask("SRI-NIC.ARPA", Mx).AnswerSet);

    [Fact]
    public void Says_that_a_type_is_missing_and_that_a_name_is_missing()
    {
        var missingType = arpanet.Ask("SRI-NIC.ARPA", Ns);
        Assert.Equal((0, 0), (missingType.Code, missingType.Answers.Count));
        var missingName = arpanet.Ask("SIR-NIC.ARPA", A);
        Assert.Equal(3, missingName.Code);
        Assert.Equal(["arpa. 6"], missingName.Authorities.Select(record => $"{record.Owner.ToLowerInvariant()} {record.Type}"));
    }

    [Fact]
    public void Follows_an_alias_into_another_zone_of_ours()
    {
        var answer = arpanet.Ask("USC-ISIC.ARPA", A);
        Assert.Equal(["usc-isic.arpa. 5 c.isi.edu."], answer.AnswerSet);
        Assert.Equal(3, answer.Code);
        Assert.Equal("edu.", answer.Authorities.Single().Owner);
        Assert.Equal(["usc-isic.arpa. 5 c.isi.edu."], arpanet.Ask("USC-ISIC.ARPA", Cname).AnswerSet);
    }

    [Fact]
    public void The_SOA_of_a_negative_answer_lives_no_longer_than_MINIMUM()
    {
        using var engine = Engine(new Zone(DnsName.Parse("a.test"), [new(DnsName.Parse("a.test"), RecordType.Soa, "ns.a.test me.a.test 1 2 3 4 17", 4000, [])]));
        Assert.Equal(17u, engine.Ask("x.a.test", A).Authorities.Single().Ttl);
        Assert.Equal(17u, engine.Ask("a.test", A).Authorities.Single().Ttl);
        Assert.Equal(4000u, engine.Ask("a.test", Soa).Answers.Single().Ttl);
    }

    [Fact]
    public void Aliases_chain_to_the_address_and_loops_end()
    {
        using var engine = Engine(Zone(
            "a.test", "one.a.test CNAME two.a.test", "two.a.test CNAME three.a.test", "three.a.test A 192.0.2.3", "l.a.test CNAME m.a.test", "m.a.test CNAME l.a.test"));
        Assert.Equal(["one.a.test. 5 two.a.test.", "three.a.test. 1 192.0.2.3", "two.a.test. 5 three.a.test."], engine.Ask("one.a.test", A).AnswerSet);
        Assert.Equal(2, engine.Ask("l.a.test", A).Answers.Count);
    }

    [Fact]
    public void Any_gets_one_set_only()
    {
        using var engine = Engine(Zone("a.test", "x.a.test A 192.0.2.1", "x.a.test A 192.0.2.2", "x.a.test TXT \"t\"", "y.a.test CNAME x.a.test"));
        Assert.Equal([A, A], engine.Ask("x.a.test", Any).Answers.Select(record => record.Type));
        Assert.Equal(["y.a.test. 5 x.a.test."], engine.Ask("y.a.test", Any).AnswerSet);
    }

    [Fact]
    public void The_deepest_zone_holds_a_name()
    {
        using var engine = Engine(Zone("a.test", "x.b.a.test A 192.0.2.1", "z.a.test A 192.0.2.4"), Zone("b.a.test", "y.b.a.test A 192.0.2.2"));
        Assert.Equal(3, engine.Ask("x.b.a.test", A).Code);
        Assert.Equal("b.a.test.", engine.Ask("x.b.a.test", A).Authorities.Single().Owner);
        Assert.Single(engine.Ask("y.b.a.test", A).Answers);
    }

    [Fact]
    public void The_root_and_the_longest_name_are_names()
    {
        var longest = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 61));
        using var engine = Engine(Zone(".", $"{longest} A 192.0.2.1"));
        Assert.Single(engine.Ask(longest, A).Answers);
        Assert.Single(engine.Ask(".", Soa).Answers);
        Assert.Equal(3, engine.Ask("x.test", A).Code);
    }

    [Theory]
    [InlineData("x.a.test A 1.2.3")]
    [InlineData("x.a.test AAAA 1.2.3.4")]
    [InlineData("x.a.test MX mail.a.test")]
    [InlineData("x.a.test SRV 1 2 70000 x.a.test")]
    [InlineData("x.a.test TXT \"open")]
    [InlineData("x.b.test A 1.2.3.4")]
    [InlineData("x.a.test CNAME a..b")]
    public void A_snapshot_that_cannot_be_served_leaves_the_old_one(string line)
    {
        using var engine = Engine(Zone("a.test", "x.a.test A 192.0.2.1"));
        Assert.Throws<ArgumentException>(() => engine.Swap(new NameSnapshot { Views = Views, Zones = [Zone("a.test", line)] }));
        Assert.Single(engine.Ask("x.a.test", A).Answers);
    }

    [Fact]
    public void An_alias_has_no_neighbours() =>
        Assert.Throws<ArgumentException>(() => Engine(Zone("a.test", "x.a.test CNAME y.a.test", "x.a.test A 192.0.2.1")));

    [Theory]
    [InlineData("a.b", "a.b")]
    [InlineData("A.B.", "a.b")]
    [InlineData(@"a\.b.c", @"a\.b.c")]
    [InlineData(@"a\032b.c", @"a\032b.c")]
    [InlineData(".", ".")]
    public void Names_are_read_and_written(string text, string written) => Assert.Equal(written, DnsName.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData(@"a\")]
    [InlineData(@"a\999")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_name_is_refused(string text) => Assert.False(DnsName.TryParse(text, out _));
}
