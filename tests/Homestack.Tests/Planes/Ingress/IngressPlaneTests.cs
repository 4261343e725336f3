using Homestack.Diagnostics;
using Homestack.Fronts;
using Homestack.Planes.Ingress;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Planes.Ingress;

/// <summary>From what is exposed to routes, and from one set of routes to the next.</summary>
public sealed class IngressPlaneTests
{
    private const string Zones = "zones: { lan: 192.168.1.0/24, vpn: [10.8.0.0/24, \"fd00::/64\"] }\nstacks: [web.yaml]\n";

    [Fact]
    public void A_service_is_reachable_from_the_zones_it_names_and_from_no_other()
    {
        var (snapshot, diagnostics) = Compile(Zones, "  open: { image: a, x-homestack: { port: 80, expose: [vpn, lan] } }\n  hidden: { image: a, x-homestack: { port: 80 } }\n");

        var route = Assert.Single(snapshot.Routes);
        Assert.Equal("web/open", route.Name);
        Assert.Equal(["open.home.arpa"], route.Hosts);
        Assert.Equal(["lan", "vpn"], route.Zones);
        Assert.Equal(["lan", "vpn"], snapshot.Zones.Keys);
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Nothing_listens_while_nothing_is_exposed()
    {
        var (snapshot, _) = Compile(Zones, "  hidden: { image: a, x-homestack: { port: 80 } }\n");

        Assert.Equal(new IngressSnapshot(), snapshot);
        Assert.Empty(IngressDiffer.Diff(new(snapshot), new("", new())));
    }

    [Fact]
    public void What_asks_for_a_sign_in_gets_no_route_while_there_is_none()
    {
        var (snapshot, _) = Compile(Zones, "  photos: { image: a, x-homestack: { port: 80, expose: [public], sign-in: homestack } }\n");

        Assert.Empty(snapshot.Routes);
    }

    [Fact]
    public void A_site_is_served_from_its_folder_beneath_the_home()
    {
        var (snapshot, _) = Compile(Zones + "sites: { notes: { folder: ./notes, expose: [lan] } }\n", "  web: { image: a }\n");

        Assert.Equal("/srv/home/notes", Assert.Single(snapshot.Routes).Folder);
    }

    [Fact]
    public void A_plan_says_what_opens_and_what_closes()
    {
        var (before, _) = Compile(Zones, "  a: { image: a, x-homestack: { port: 80, expose: [lan] } }\n  b: { image: a, x-homestack: { port: 80, expose: [lan] } }\n");
        var (after, _) = Compile(Zones, "  a: { image: a, x-homestack: { port: 80, expose: [lan, public] } }\n  c: { image: a, x-homestack: { port: 80, expose: [vpn] } }\n");

        var change = Assert.Single(IngressDiffer.Diff(new(after), new(Snapshots.DigestOf(before), before)));

        Assert.Equal("1 added, 1 changed, 1 removed", change.Cause);
        Assert.Equal(["https://a.home.arpa from lan, public", "https://c.home.arpa from vpn"], change.Impact.BecomesReachable);
        Assert.Equal(["https://a.home.arpa from lan", "https://b.home.arpa from lan"], change.Impact.StopsBeingReachable);
        Assert.Empty(IngressDiffer.Diff(new(after), new(Snapshots.DigestOf(after), after)));
    }

    [Fact]
    public void A_front_that_serves_something_else_is_given_the_routes_again()
    {
        var (wanted, _) = Compile(Zones, "  a: { image: a, x-homestack: { port: 80, expose: [lan] } }\n");

        Assert.Equal("the front serves something else", Assert.Single(IngressDiffer.Diff(new(wanted), new("", wanted))).Cause);
    }

    [Fact]
    public void Digests_are_of_content_alone_and_what_was_given_is_read_back()
    {
        var (one, _) = Compile(Zones, "  a: { image: a, x-homestack: { port: 80, expose: [vpn, lan] } }\n");
        var (other, _) = Compile("stacks: [web.yaml]\nzones: { vpn: [\"fd00::/64\", 10.8.0.0/24], lan: 192.168.1.0/24 }\n", "  a: { x-homestack: { expose: [lan, vpn], port: 80 }, image: a }\n");

        Assert.Equal(Snapshots.DigestOf(one), Snapshots.DigestOf(other));
        Assert.Equal(one, Snapshots.ReadIngress(Snapshots.Write(one)));
        Assert.Equal(new IngressSnapshot(), Snapshots.ReadIngress("{"u8.ToArray()));
    }

    [Fact]
    public void Several_things_share_a_name_by_their_paths()
    {
        var (snapshot, _) = Compile(Zones + "sites: { notes: { folder: ./notes, expose: [lan], name: library, path: /notes } }\n",
            "  library: { image: a, x-homestack: { port: 80, expose: [lan], limits: { requests: 10/1m, body: 1GiB } } }\n  books: { image: a, x-homestack: { port: 81, expose: [vpn], name: library, path: /books, strip: true, redirects: { /books/old: / } } }\n");

        Assert.Equal([("web/books", "/books", true), ("web/library", "", false), ("site/notes", "/notes", false)], snapshot.Routes.Select(route => (route.Name, route.Path, route.Strips)));
        Assert.All(snapshot.Routes, route => Assert.Equal("library.home.arpa", Assert.Single(route.Hosts)));
        Assert.Equal(new(10, TimeSpan.FromMinutes(1)), snapshot.Routes[1].Limits?.Requests);
        Assert.Equal("https://library.home.arpa/books", Assert.Single(snapshot.UrlsOf("web/books")));
        Assert.Equal(snapshot, Snapshots.ReadIngress(Snapshots.Write(snapshot)));
    }

    [Theory]
    [InlineData("name: library, path: /books", "name: library, path: /books", "HS2207")]
    [InlineData("name: library", "name: library", "HS2207")]
    [InlineData("name: library", "name: library, path: /", "HS2207")]
    [InlineData("path: /a/../b", "", "HS1022")]
    [InlineData("path: /%61", "", "HS1022")]
    [InlineData("redirects: { /a: //evil.example }", "", "HS1022")]
    [InlineData("redirects: { /a: \"javascript:alert(1)\" }", "", "HS1022")]
    [InlineData("limits: { requests: many }", "", "HS1022")]
    [InlineData("limits: { headers: 1MiB }", "", "HS1022")]
    [InlineData("limits: { requets: 1/1s }", "", "HS1020")]
    public void What_makes_no_sense_is_told(string one, string other, string code)
    {
        var text = $"services:\n  a: {{ image: a, x-homestack: {{ port: 80, expose: [lan], {one} }} }}\n  b: {{ image: a, x-homestack: {{ port: 80, expose: [lan]{(other.Length > 0 ? ", " + other : "")} }} }}\n";
        Assert.Contains(HomeUnderTest.Build(HomeUnderTest.Home(Zones), ("web.yaml", text)).Item2, problem => problem.Code == code);
    }

    [Fact]
    public void Ports_that_no_route_covers_are_opened_by_the_front_to_the_zones_of_the_service()
    {
        const string text = "  games: { image: a, ports: [\"25565:25565\", \"2456:2457/udp\", \"127.0.0.1:9:9\", \"8:8/sctp\", \"7\"], x-homestack: { expose: [lan] } }\n";
        var (snapshot, diagnostics) = Compile(Zones, text);

        Assert.Empty(diagnostics);
        Assert.Empty(snapshot.Routes);
        Assert.Empty(snapshot.Https);
        Assert.Equal([("web/games", true, 2457, "udp games.home.arpa:2456"), ("web/games", false, 25565, "tcp games.home.arpa:25565")], (snapshot.Raw ?? []).Select(raw => (raw.Service, raw.IsUdp, raw.Port, raw.Where)));
        Assert.All(snapshot.Raw ?? [], raw => Assert.Equal(["lan"], raw.Zones));
        Assert.Equal(snapshot, Snapshots.ReadIngress(Snapshots.Write(snapshot)));
        var (blueprint, _) = HomeUnderTest.Build(HomeUnderTest.Home(Zones), ("web.yaml", "services:\n" + text));
        Assert.Equal(["127.0.0.1:0→7/tcp", "127.0.0.1:8→8/sctp", "127.0.0.1:9→9/tcp"], blueprint?.Services["web/games"].Container.Ports.Select(port => port.ToString()));
    }

    [Theory]
    [InlineData("x-homestack: { port: 80 }")]
    [InlineData("x-homestack: { port: 80, expose: [lan], sign-in: homestack }")]
    [InlineData("x-homestack: { port: 80, expose: [lan], publish: engine }")]
    [InlineData("network_mode: host, x-homestack: { port: 80, expose: [lan] }")]
    public void A_port_stays_shut_at_the_front_unless_its_service_is_exposed_and_asks_nobody_who_they_are(string keys)
    {
        var (snapshot, _) = Compile(Zones, $"  games: {{ image: a, ports: [\"25565:25565\"], {keys} }}\n");

        Assert.Null(snapshot.Raw);
    }

    [Fact]
    public void A_port_where_the_home_answers_is_not_opened_for_a_service()
    {
        var (snapshot, diagnostics) = Compile(Zones, "  proxy: { image: a, ports: [\"443:8443\", \"80:8080\", \"53:53/udp\"], x-homestack: { port: 81, expose: [lan] } }\n");

        Assert.Null(snapshot.Raw);
        Assert.Equal(["HS3102", "HS3102", "HS3102"], diagnostics.Select(problem => problem.Code));
    }

    [Fact]
    public void A_port_that_closes_is_free_before_the_engine_may_want_it_and_the_plan_says_what_opens_and_closes()
    {
        var (before, _) = Compile(Zones, "  games: { image: a, ports: [\"25565:25565\"], x-homestack: { port: 80, expose: [lan] } }\n");
        var (after, _) = Compile(Zones, "  games: { image: a, ports: [\"25565:25565\"], x-homestack: { port: 80 } }\n  talk: { image: a, ports: [\"64738:64738/udp\"], x-homestack: { expose: [lan, public] } }\n");

        var changes = IngressDiffer.Diff(new(after), new(Snapshots.DigestOf(before), before));

        Assert.Equal([IngressDiffer.Ports, IngressDiffer.Routes], changes.Select(change => change.Resource));
        Assert.Equal(["containers/service:web/games"], (changes[0].Before ?? []).Select(resource => resource.ToString()));
        Assert.Null(Assert.IsType<ServeRoutes>(Assert.Single(changes[0].Steps)).Snapshot.Raw);
        Assert.Equal(["udp talk.home.arpa:64738 from lan, public"], changes[1].Impact.BecomesReachable);
        Assert.Equal(["https://games.home.arpa from lan", "tcp games.home.arpa:25565 from lan"], changes[1].Impact.StopsBeingReachable);
        Assert.Contains(IngressDiffer.Ports, changes[1].After);
    }

    private static (IngressSnapshot Snapshot, DiagnosticBag Diagnostics) Compile(string home, string services)
    {
        var (blueprint, problems) = HomeUnderTest.Build(HomeUnderTest.Home(home), ("web.yaml", "services:\n" + services));
        Assert.True(blueprint is not null, string.Join('\n', problems));
        var diagnostics = new DiagnosticBag();
        return (IngressCompiler.Compile(blueprint, isRoot: true, diagnostics).Snapshot, diagnostics);
    }
}
