using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Stories;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.EndToEnd.Networks;

/// <summary>What the manifest says under <c>dns</c>, asked by a client of the LAN and by one of another network.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class NamesTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40), Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Lists_block_for_whom_they_are_the_way_back_leads_to_names_the_log_names_nobody_and_all_ends_with_the_home()
    {
        var (https, dns) = (engine.Port(44), engine.Port(46));
        var number = (https - 20000) / 100;
        await using var lan = await NetworkClient.ConnectAsync($"hn{number}-lan", $"10.81.{number}.");
        await using var kids = await NetworkClient.ConnectAsync($"hn{number}-kid", $"10.82.{number}.");
        await using var home = new Household(engine, "names");
        home.Files.LetThrough();
        home.Files.Write("notes/index.html", "notes");
        home.Files.Write("lists/all.txt", "ads.example\n");
        home.Files.Write("lists/kids.txt", "0.0.0.0 games.example\n");
        home.Files.Write("homestack.yaml", $$"""
            homestack: 1
            home: names
            hosts: { here: { address: {{lan.Gateway}} } }
            zones: { lan: {{lan.Network}}, kids: {{kids.Network}} }
            listen: { https: {{https}}, http: {{engine.Port(45)}}, dns: {{dns}} }
            sites: { notes: { folder: ./notes, expose: [lan] } }
            dns:
              upstreams: ["tcp://127.0.0.1:9"]
              blocklists: [lists/all.txt, { list: lists/kids.txt, zones: [kids] }]
              allow: [good.ads.example]
              encrypted: [lan]

            """);
        try
        {
            (await home.Command.RunAsync(TimeSpan.FromMinutes(3), "up", home.Files.Folder, "-d", "--yes")).Expect(0);
            async Task<string> StatusAsync(NetworkClient client, string name) => (await client.DigAsync(lan.Gateway, dns, name)).Status;
            await Eventually.BecomesTrueAsync(async () => (await lan.RunAsync(Limit, "dig", "@" + lan.Gateway, "-p", $"{dns}", "x.ads.example", "A", "+tries=1", "+time=3")).Output.Contains("NXDOMAIN", StringComparison.Ordinal), Patience, "the list blocks");
            Assert.Equal("SERVFAIL", await StatusAsync(lan, "good.ads.example"));
            Assert.Equal(("SERVFAIL", "NXDOMAIN"), (await StatusAsync(lan, "games.example"), await StatusAsync(kids, "games.example")));

            // The host is of the LAN: for others neither its name nor its address lead anywhere.
            var back = string.Join('.', lan.Gateway.Split('.').Reverse()) + ".in-addr.arpa";
            Assert.Equal(("NOERROR", "here.home.arpa."), await lan.DigAsync(lan.Gateway, dns, back, "PTR"));
            Assert.Equal(("NXDOMAIN", ""), await kids.DigAsync(lan.Gateway, dns, back, "PTR"));
            Assert.Equal(("NXDOMAIN", ""), await kids.DigAsync(lan.Gateway, dns, "here.home.arpa"));

            Assert.Equal(lan.Gateway, (await lan.RunAsync(Limit, "dig", "@" + lan.Gateway, "+tls", "+short", "+tries=1", "+time=5", "notes.home.arpa", "A")).Output.Trim());
            Assert.DoesNotContain(lan.Gateway, (await kids.RunAsync(Limit, "dig", "@" + lan.Gateway, "+tls", "+short", "+tries=1", "+time=5", "notes.home.arpa", "A")).Output.Split('\n'));
            var authority = Path.Combine(home.Files.StateFolder, "certificates/authority.pem");
            Assert.Equal("404", (await lan.FetchAsync("dns.home.arpa", https, lan.Gateway, authority)).Status);
            Assert.NotEqual(0, (await kids.FetchAsync("dns.home.arpa", https, lan.Gateway, authority)).Exit);

            home.Files.Write("lists/all.txt", "ads.example\nnew.example\n");
            await Eventually.BecomesTrueAsync(() => StatusAsync(lan, "new.example").GetAwaiter().GetResult() == "NXDOMAIN", Patience, "a changed list is used");

            var report = JsonNode.Parse((await home.Command.RunAsync("names", "--json")).Expect(0).Output) ?? new JsonObject();
            Assert.Equal("anonymous", (string?)report["log"]);
            Assert.True((int)(report["blocked"] ?? 0) >= 3, report.ToJsonString());
            Assert.Contains(report["topBlocked"]?.AsArray() ?? [], count => (string?)count?["name"] == "x.ads.example");
            Assert.Empty(report["topClients"]?.AsArray() ?? []);
            Assert.DoesNotContain(lan.Address, report.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains("ads.example", (await home.Command.RunAsync("names")).Expect(0).Output, StringComparison.Ordinal);

            // Neither the site nor the names stay when the home goes down.
            (await home.Command.RunAsync("down", home.Files.Folder, "--yes")).Expect(0);
            await Eventually.BecomesTrueAsync(() => SocketProbe.Ask(FrontAddress.SocketOf(home.Files.StateFolder)) == SocketAnswer.Nobody, Patience, "the front ends with the home");
        }
        finally
        {
            await home.Command.StopEngineAsync(Signals.Kill);
            if (SocketProbe.ListenerOf(FrontAddress.SocketOf(home.Files.StateFolder)) is { } front)
            {
                Signals.Send(front.ProcessId, Signals.Kill);
            }
        }
    }
}
