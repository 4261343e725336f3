using Homestack.Diagnostics;
using Homestack.Fronts;
using Homestack.Planes.Names;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Planes.Names;

/// <summary>From what is exposed, and what stands under <c>dns</c>, to records in views.</summary>
public sealed class NamesPlaneTests
{
    private const string Here = "hosts: { nuc: { address: 192.168.1.10 } }\nzones: { lan: 192.168.1.0/24, vpn: 10.8.0.0/24 }\nstacks: [web.yaml]\n";
    private const string Services = "  both: { image: a, x-homestack: { port: 80, expose: [lan, vpn] } }\n  shown: { image: a, x-homestack: { port: 80, expose: [public, vpn] } }\n  outside: { image: a, x-homestack: { port: 80, expose: [public] } }\n  hidden: { image: a }\n";

    [Fact]
    public void A_record_is_in_the_views_of_its_zones_and_the_internet_has_no_view()
    {
        var (snapshot, diagnostics) = Compile(Here, Services);

        var records = snapshot.Zones.Single(zone => zone.Apex == "home.arpa").Records;
        Assert.Equal(["both.home.arpa A 192.168.1.10 [lan, vpn]", "ca.home.arpa A 192.168.1.10 []", "nuc.home.arpa A 192.168.1.10 [lan]", "shown.home.arpa A 192.168.1.10 [vpn]"],
            records.Select(record => $"{record.Name} {record.Type} {record.Value} [{string.Join(", ", record.Views)}]"));
        Assert.Equal(["192.168.1.10:53"], snapshot.Listen);
        Assert.Equal(["lan", "vpn"], snapshot.Views.Keys);
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Written_records_are_addresses_or_one_other_name_and_may_be_of_other_domains()
    {
        var (snapshot, _) = Compile(Here + "dns: { upstreams: [tls://9.9.9.9], records: { printer: 192.168.1.50, alias: printer, nas.example.org: [\"fd00::5\", 192.168.1.7] }, forward: { corp.example: 10.0.0.1 } }\n", "  web: { image: a }\n");

        Assert.Equal(["home.arpa", "nas.example.org", "168.192.in-addr.arpa"], snapshot.Zones.Select(zone => zone.Apex));
        Assert.Equal(["alias.home.arpa CNAME printer.home.arpa", "nuc.home.arpa A 192.168.1.10", "printer.home.arpa A 192.168.1.50"], snapshot.Zones[0].Records.Select(record => $"{record.Name} {record.Type} {record.Value}"));
        Assert.Equal(["AAAA fd00::5", "A 192.168.1.7"], snapshot.Zones[1].Records.Select(record => $"{record.Type} {record.Value}"));
        Assert.Equal(["tls://9.9.9.9"], snapshot.Upstreams);
        Assert.Equal("10.0.0.1", snapshot.Forwards["corp.example"]);
    }

    [Fact]
    public void Without_the_address_of_this_machine_it_says_so_and_does_not_run()
    {
        var (snapshot, diagnostics) = Compile("zones: { lan: 192.168.1.0/24 }\nstacks: [web.yaml]\n", "  web: { image: a, x-homestack: { port: 80, expose: [lan] } }\n");

        Assert.Equal(new NamesSnapshot(), snapshot);
        Assert.Equal("HS3111", Assert.Single(diagnostics).Code);
        Assert.Empty(NamesDiffer.Diff(new(snapshot), new("", new())));
    }

    [Fact]
    public void A_plan_counts_the_records()
    {
        var (before, _) = Compile(Here, "  a: { image: a, x-homestack: { port: 80, expose: [lan] } }\n");
        var (after, _) = Compile(Here, "  b: { image: a, x-homestack: { port: 80, expose: [lan] } }\n  c: { image: a, x-homestack: { port: 80, expose: [lan] } }\n");

        Assert.Equal("2 records added, 1 record removed", Assert.Single(NamesDiffer.Diff(new(after), new(Snapshots.DigestOf(before), before))).Cause);
        Assert.Empty(NamesDiffer.Diff(new(after), new(Snapshots.DigestOf(after), after)));
        Assert.Equal(after, Snapshots.ReadNames(Snapshots.Write(after)));
    }

    private static (NamesSnapshot Snapshot, DiagnosticBag Diagnostics) Compile(string home, string services)
    {
        var (blueprint, problems) = HomeUnderTest.Build(HomeUnderTest.Home(home), ("web.yaml", "services:\n" + services));
        Assert.True(blueprint is not null, string.Join('\n', problems));
        var diagnostics = new DiagnosticBag();
        return (NamesCompiler.Compile(blueprint, isRoot: true, diagnostics).Snapshot, diagnostics);
    }
}
