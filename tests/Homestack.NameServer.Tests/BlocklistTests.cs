using System.Text;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>Published lists in their three forms.</summary>
[Collection(Alone.Name)]
public sealed class BlocklistTests
{
    private static Blocklist Read(string text, BlocklistFormat format = BlocklistFormat.Any) => new BlocklistBuilder().AddList(Encoding.UTF8.GetBytes(text), format).Build();

    private static bool Has(Blocklist list, string name) => list.Contains(DnsName.Parse(name));

    [Fact]
    public void Hosts_block_just_their_names()
    {
        var list = Read("\uFEFF# comment\r\n127.0.0.1 localhost\r\n0.0.0.0 ads.test Track.test # two\n::1 six.test\n", BlocklistFormat.Hosts);
        Assert.Equal(3, list.Count);
        Assert.True(Has(list, "ads.test") && Has(list, "track.test") && Has(list, "six.test"));
        Assert.False(Has(list, "x.ads.test") || Has(list, "localhost"));
    }

    [Fact]
    public void Domains_block_what_is_below_them()
    {
        var list = Read("ads.test\n*.track.test\n# no\n\nnot a name\n-bad^.test\n", BlocklistFormat.Domains);
        Assert.True(Has(list, "ads.test") && Has(list, "a.b.ads.test") && Has(list, "x.track.test"));
        Assert.False(Has(list, "xads.test") || Has(list, "test"));
        Assert.Equal(2, list.Count);
    }

    [Fact]
    public void Adblock_rules_block_and_allow()
    {
        var builder = new BlocklistBuilder().AddList("[Adblock Plus]\n! title\n||ads.test^\n@@||good.ads.test^\n||both.test^$important\n||page.test^$third-party\n/banner/*\n##.ad\n"u8, BlocklistFormat.Adblock);
        var list = builder.Build();
        Assert.True(Has(list, "ads.test") && Has(list, "x.ads.test") && Has(list, "both.test"));
        Assert.False(Has(list, "good.ads.test") || Has(list, "deep.good.ads.test") || Has(list, "page.test"));
        Assert.Equal(2, builder.SkippedLines);
    }

    [Fact]
    public void A_list_of_any_form_is_read_line_by_line()
    {
        var list = Read("0.0.0.0 one.test\ntwo.test\n||three.test^\n");
        Assert.True(Has(list, "one.test") && Has(list, "x.two.test") && Has(list, "x.three.test"));
        Assert.False(Has(list, "x.one.test"));
    }

    [Fact]
    public void A_blocked_name_does_not_exist_and_an_own_name_is_never_blocked()
    {
        using var engine = Engine(new NameSnapshot
        {
            Views = Views,
            Zones = [Zone("home.arpa", "ads.home.arpa A 192.168.1.2")],
            Upstreams = [UpstreamAddress.Parse("127.0.0.1:9")],
            Blocklists = [new(new BlocklistBuilder().Block(DnsName.Parse("ads.example")).Block(DnsName.Parse("home.arpa")).Build(), [], [])],
        });
        var blocked = engine.Ask("x.ads.example", A);
        Assert.Equal((3, 0, Soa), (blocked.Code, blocked.Answers.Count, blocked.Authorities.Single().Type));
        Assert.Single(engine.Ask("ads.home.arpa", A).Answers);
        Assert.Equal(5, engine.Ask("x.ads.example", A, Stranger).Code);
        Assert.Equal(1, engine.Statistics.Blocked);
    }

    [Fact]
    public void A_list_is_for_views_for_addresses_or_for_all_and_what_one_allows_no_other_blocks()
    {
        BlockRule Rule(string text, string[] views, params string[] clients) => new(Read(text), views, [.. clients.Select(System.Net.IPNetwork.Parse)]);
        using var engine = Engine(new NameSnapshot
        {
            Views = Views,
            Upstreams = [UpstreamAddress.Parse("127.0.0.1:9")],
            Blocklists =
            [
                Rule("all.example", []), Rule("lan.example", ["lan"]), Rule("one.example", [], "192.168.1.20/32"), Rule("both.example", ["vpn"], "192.168.1.20/32", "fd00::7/128"),
                Rule("@@||good.all.example^", ["lan"]),
            ],
        });
        var other = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("192.168.1.21"), 1);
        var six = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("fd00::7"), 1);
        bool IsBlocked(string name, System.Net.IPEndPoint client) => engine.Ask(name, A, client).Code == 3;
        Assert.True(IsBlocked("all.example", Lan) && IsBlocked("all.example", Vpn) && IsBlocked("x.good.all.example", Vpn));
        Assert.False(IsBlocked("x.good.all.example", Lan));
        Assert.True(IsBlocked("lan.example", Lan) && IsBlocked("lan.example", other) && !IsBlocked("lan.example", Vpn));
        Assert.True(IsBlocked("one.example", Lan) && !IsBlocked("one.example", other) && !IsBlocked("one.example", Vpn));
        Assert.True(IsBlocked("both.example", Lan) && IsBlocked("both.example", Vpn) && IsBlocked("both.example", six) && !IsBlocked("both.example", other));
        Assert.Throws<ArgumentException>(() => engine.Swap(new NameSnapshot { Views = Views, Blocklists = [Rule("x.example", ["nowhere"])] }));
    }

    [Fact]
    public void A_million_names_fit_into_a_hundred_mebibytes_and_seconds()
    {
        var bytes = AMillionRules();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = TimeProvider.System.GetTimestamp();
        var list = new BlocklistBuilder().AddList(bytes).Build();
        var took = TimeProvider.System.GetElapsedTime(started);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"a million names: {took.TotalMilliseconds:F0} ms, {grown >> 20} MiB");
        Assert.Equal(1_000_000, list.Count);
        Assert.True(Has(list, "x.ad77.tracker77.example"));
        Assert.False(Has(list, "ad78.tracker77.example"));
        Assert.InRange(grown, long.MinValue, 100 << 20);
        GC.KeepAlive(bytes);
        GC.KeepAlive(list);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static byte[] AMillionRules()
    {
        var text = new StringBuilder();
        for (var number = 0; number < 1_000_000; number++)
        {
            text.Append("||ad").Append(number).Append(".tracker").Append(number % 1000).Append(".example^\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
