using Homestack.Diagnostics;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Blueprints.Rules;

public sealed class HomeRulesTests
{
    [Theory]
    [InlineData("sites: { a: { folder: ./a, expose: [lna] } }\nzones: { lan: 192.168.1.0/24 }", "HS2200", "homestack.yaml:3:37", "Did you mean \"lan\"?")]
    [InlineData("zones: { a: 10.0.0.0/8, b: 10.1.0.0/16 }", "HS2201", "homestack.yaml:3:28", "10.1.0.0/16 in \"b\" and 10.0.0.0/8 in \"a\"")]
    [InlineData("zones: { a: [10.0.0.0/8, 10.0.0.0/8] }", "HS2201", "homestack.yaml:3:26", "zone \"a\"")]
    [InlineData("zones: { public: 10.0.0.0/8 }", "HS2202", "homestack.yaml:3:18", "public")]
    [InlineData("hosts: { nuc: { address: 10.0.0.1 } }\nmachines: { d: { image: d.qcow2, host: nux } }", "HS2203", "homestack.yaml:4:40", "Did you mean \"nuc\"?")]
    [InlineData("zones: { vpn: 10.8.0.0/24 }\npeople: { ana: }\nvpn: { endpoint: \"a.example:1\", peers: { p: { person: anna } } }", "HS2204", "homestack.yaml:5:55", "Did you mean \"ana\"?")]
    [InlineData("zones: { vpn: 10.8.0.0/24 }\nsites: { films: { folder: f } }\nvpn: { endpoint: \"a.example:1\", peers: { p: { access: [film] } } }", "HS2205", "homestack.yaml:5:56", "Did you mean \"films\"?")]
    [InlineData("stacks: [a/web.yaml, b/web.yaml]", "HS2206", "homestack.yaml:3:22", "\"web\" stands for two stacks")]
    [InlineData("stacks: [a/one.yaml, b/two.yaml]\nzones: { lan: 192.168.1.0/24 }", "HS2207", "b/two.yaml:2:3", "both answer at \"shop\"")]
    [InlineData("stacks: [a/one.yaml]\nzones: { lan: 192.168.1.0/24 }\ndns: { records: { shop: 10.0.0.1 } }", "HS2207", "a/one.yaml:2:3", "service and the record")]
    [InlineData("stacks: [a/ports.yaml, b/ports2.yaml]", "HS2208", "b/ports2.yaml:5:", "8081/tcp")]
    [InlineData("stacks: [a/ports.yaml]\nlisten: { https: 8081 }", "HS2209", "a/ports.yaml:5:", "listen.https")]
    [InlineData("hosts: { a: { address: 10.0.0.1 }, b: { address: 10.0.0.2 } }", "HS2212", "homestack.yaml:3:36", "same local engine")]
    [InlineData("zones: { vpn: 10.8.0.0/24 }\nvpn: { endpoint: \"a.example:1\", peers: { p: { address: 10.9.0.1 } } }", "HS2213", "homestack.yaml:4:56", "not in zone")]
    [InlineData("zones: { vpn: 10.8.0.0/24 }\nvpn: { endpoint: \"a.example:1\", peers: { p: { address: 10.8.0.1 }, q: { address: 10.8.0.1 } } }", "HS2214", "homestack.yaml:4:82", "10.8.0.1")]
    [InlineData("vpn: { endpoint: \"a.example:1\" }", "HS2215", "homestack.yaml:3:6", "vpn: 10.8.0.0/24")]
    public void Refuses_parts_that_do_not_fit(string lines, string code, string place, string words)
    {
        var (blueprint, diagnostics) = HomeUnderTest.Build(
            HomeUnderTest.Home(lines),
            ("a/web.yaml", "services:\n  web:\n    image: nginx:1.27\n"),
            ("b/web.yaml", "services:\n  web:\n    image: nginx:1.27\n"),
            ("a/one.yaml", Shop), ("b/two.yaml", Shop),
            ("a/ports.yaml", Ports("web")), ("b/ports2.yaml", Ports("other")));

        Assert.Null(blueprint);
        var diagnostic = Assert.Single(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        Assert.Equal(code, diagnostic.Code);
        Assert.StartsWith(place, diagnostic.Span.ToString());
        Assert.Contains(words, diagnostic.Detail);
    }

    [Fact]
    public void One_port_on_two_addresses_is_no_conflict()
    {
        var (_, diagnostics) = HomeUnderTest.Build(
            HomeUnderTest.Home("stacks: [a.yaml, b.yaml]"),
            ("a.yaml", "services:\n  a:\n    image: nginx:1.27\n    x-homestack: { publish: engine }\n    ports: [\"127.0.0.1:8081:80\"]\n"),
            ("b.yaml", "services:\n  b:\n    image: nginx:1.27\n    x-homestack: { publish: engine }\n    ports: [\"192.168.1.10:8081:80\"]\n"));

        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Code == "HS2208");
    }

    [Fact]
    public void Overlaps_are_found_among_many_blocks_quickly()
    {
        var blocks = Enumerable.Range(0, 20_000).Select(i => $"10.{i / 256}.{i % 256}.0/24");
        var (_, diagnostics) = HomeUnderTest.Build(HomeUnderTest.Home($"zones: {{ a: [{string.Join(", ", blocks)}], b: 10.0.7.128/25 }}"));

        Assert.Equal("HS2201", Assert.Single(diagnostics).Code);
    }

    private const string Shop = "services:\n  shop:\n    image: nginx:1.27\n    x-homestack: { port: 80, expose: [lan] }\n";

    private static string Ports(string service) => $"services:\n  {service}:\n    image: nginx:1.27\n    x-homestack: {{ publish: engine }}\n    ports: [\"8081:80\"]\n";
}
