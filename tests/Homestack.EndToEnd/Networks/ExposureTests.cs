using System.Globalization;
using Homestack.Collections;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Stories;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.EndToEnd.Networks;

/// <summary>A home that visitors come to from the LAN, through the VPN's network, and from the internet: each gets what was declared, and nothing else exists for him.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class ExposureTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const int Services = 20, Swaps = 100, LoadSeconds = 12;
    private const string Domain = "home.arpa";
    private static readonly string[] Zones = ["lan", "vpn", "public"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), UpLimit = TimeSpan.FromMinutes(3), LoadLimit = TimeSpan.FromSeconds(40);

    private int Https => engine.Port(41);

    private int Dns => engine.Port(43);

    private int Number => (Https - 20000) / 100;

    [Fact]
    public async Task Twenty_services_are_reached_from_where_they_may_be_and_exist_nowhere_else()
    {
        await using var place = await PlaceAsync(Enumerable.Range(0, Services).Select(number => ($"s{number}", ZonesOf(number))));
        var failures = new List<string>();
        foreach (var (zone, client) in place.Clients)
        {
            var unknown = await client.FetchAsync("nobody." + Domain, Https, client.Gateway, place.Authority);
            for (var number = 0; number < Services; number++)
            {
                // A stranger gets five answers a second and no more.
                await Task.Delay(zone == "public" ? 250 : 0, TestContext.Current.CancellationToken);
                var hostName = $"s{number}.{Domain}";
                var isOpen = ZonesOf(number).Contains(zone);
                var (status, answer) = await client.DigAsync(place.Address, Dns, hostName);
                var expected = zone == "public" ? ("REFUSED", "") : isOpen ? ("NOERROR", place.Address) : ("NXDOMAIN", "");
                if ((status, answer) != expected)
                {
                    failures.Add($"{zone} asked for {hostName}: {status} {answer}, not {expected}");
                }

                var fetched = await client.FetchAsync(hostName, Https, client.Gateway, place.Authority);
                if (isOpen ? fetched != (0, "200", $"s{number}") : fetched != unknown)
                {
                    failures.Add($"{zone} fetched {hostName}: {fetched}, {(isOpen ? "not the page" : $"not as an unknown name, {unknown}")}");
                }
            }
        }

        Figures.Record("N1", $"{Services} services × {Zones.Length} places, by name and by page: {failures.Count} of {Services * Zones.Length * 2} not as declared");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public async Task The_front_is_back_within_a_second_serves_without_the_engine_and_follows_containers()
    {
        await using var place = await PlaceAsync([("web", ["lan"])]);
        var lan = place.Clients["lan"];
        Task<bool> IsServedAsync() => IsPageAsync(lan, place, "web");
        Assert.True(await IsServedAsync());

        // It is killed.
        var front = SocketProbe.ListenerOf(FrontAddress.SocketOf(place.Home.Files.StateFolder))?.ProcessId ?? 0;
        Assert.Equal("homestack", await UserOfAsync(front));
        Signals.Send(front, Signals.Kill);
        var gone = TimeProvider.System.GetTimestamp();
        await Eventually.BecomesTrueAsync(() => IsServedAsync().GetAwaiter().GetResult(), Patience, "the page is served again after the front was killed");
        var back = TimeProvider.System.GetElapsedTime(gone);

        // Its container is restarted, and may get another address.
        var container = await place.Home.ContainerAsync("web");
        await engine.Api.SendAsync(HttpMethod.Post, $"containers/{container}/stop?t=0");
        await engine.Api.SendAsync(HttpMethod.Post, "containers/create?name=squatter", new System.Text.Json.Nodes.JsonObject
        {
            ["Image"] = "test/web:1",
            ["Cmd"] = new System.Text.Json.Nodes.JsonArray("sleep", "100000"),
            ["HostConfig"] = new System.Text.Json.Nodes.JsonObject { ["NetworkMode"] = "town-main-default" },
        });
        await engine.Api.SendAsync(HttpMethod.Post, "containers/squatter/start");
        await engine.Api.SendAsync(HttpMethod.Post, $"containers/{container}/start");
        await Eventually.BecomesTrueAsync(() => IsServedAsync().GetAwaiter().GetResult(), Patience, "the page is served at the container's new address");

        // The engine is killed, and then the front too is without one who starts it.
        await place.Home.Command.StopEngineAsync(Signals.Kill);
        Assert.True(await IsServedAsync());
        Figures.Record("front", $"killed with SIGKILL: a page again after {back.TotalSeconds:0.00} s, measured by a new client each time; served on without the engine; followed a container to another address");
        (await place.Home.UpAsync()).Expect(0);
        Assert.True(await IsServedAsync());

        // Nothing is left to be reached.
        (await place.Home.Command.RunAsync("down", place.Home.Files.Folder, "--yes")).Expect(0);
        await Eventually.BecomesTrueAsync(() => SocketProbe.Ask(FrontAddress.SocketOf(place.Home.Files.StateFolder)) == SocketAnswer.Nobody, Patience, "the front ends with the home");
    }

    [Fact]
    public async Task A_hundred_snapshots_under_load_fail_no_visitor_and_no_question()
    {
        await using var place = await PlaceAsync([("web", ["lan"]), ("other", ["lan", "vpn"])]);
        var lan = place.Clients["lan"];
        var front = new FrontClient(new RealDisk(), place.Home.Files.StateFolder);
        var (routes, names) = (Snapshots.ReadIngress(front.Kept(IngressSnapshot.Slot)), Snapshots.ReadNames(front.Kept(NamesSnapshot.Slot)));
        byte[][] ingress = [Snapshots.Write(routes), Snapshots.Write(routes with { Routes = routes.Routes.Where(route => route.Name.EndsWith("/web", StringComparison.Ordinal)).ToValueList() })];
        byte[][] zones = [Snapshots.Write(names), Snapshots.Write(names with { Zones = names.Zones.Select(zone => zone with { Records = zone.Records.Where(record => record.Name == $"web.{Domain}").ToValueList() }).ToValueList() })];
        var questions = place.Home.Files.Beside("questions");
        await File.WriteAllTextAsync(questions, $"web.{Domain} A\n", TestContext.Current.CancellationToken);

        await lan.KnowAsync($"web.{Domain}", lan.Gateway);
        var load = lan.RunAsync(LoadLimit, "wrk", "-t1", "-c16", $"-d{LoadSeconds}s", $"https://web.{Domain}:{Https}/");
        var asking = lan.RunAsync(LoadLimit, "dnsperf", "-s", place.Address, "-p", $"{Dns}", "-d", questions, "-l", $"{LoadSeconds}", "-Q", "500");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        for (var number = 1; number <= Swaps; number++)
        {
            front.Serve(IngressSnapshot.Slot, ingress[number % 2], TestContext.Current.CancellationToken);
            front.Serve(NamesSnapshot.Slot, zones[number % 2], TestContext.Current.CancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        var isMeanwhile = !load.IsCompleted && !asking.IsCompleted;
        var (visited, asked) = ((await load).Expect(0), (await asking).Expect(0));
        Figures.Record("swap", $"{Swaps} snapshots of routes and {Swaps} of names: wrk {Line(visited.Output, "requests in")}, {(visited.Output.Contains("Socket errors") || visited.Output.Contains("Non-2xx") ? "with failures" : "0 failed")}; dnsperf {Line(asked.Output, "Queries completed:")}, {Line(asked.Output, "Queries lost:")}");
        Assert.True(isMeanwhile, "the load ended before the last snapshot");
        Assert.DoesNotContain("Socket errors", visited.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Non-2xx", visited.Output, StringComparison.Ordinal);
        Assert.Matches(@"Queries lost:\s+0 ", asked.Output);
        Assert.Matches(@"Response codes:\s+NOERROR \d+ \(100.00%\)", asked.Output);
    }

    private static string Line(string text, string words) => text.Split('\n').FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal), "").Trim();

    private async Task<bool> IsPageAsync(NetworkClient client, Place place, string name) =>
        await client.FetchAsync($"{name}.{Domain}", Https, client.Gateway, place.Authority) == (0, "200", name);

    /// <summary>Every combination in turn.</summary>
    private static string[] ZonesOf(int number) => [.. Zones.Where((_, bit) => (number >> bit) % 2 == 1)];

    private static async Task<string> UserOfAsync(int process) =>
        (await RunningProgram.RunAsync(["stat", "-c", "%U", string.Create(CultureInfo.InvariantCulture, $"/proc/{process}")], Patience)).Expect(0).Output.Trim();

    private async Task<Place> PlaceAsync(IEnumerable<(string Name, string[] Zones)> services)
    {
        await engine.ImportAsync("test/web:1");
        var clients = new Dictionary<string, NetworkClient>
        {
            ["lan"] = await NetworkClient.ConnectAsync($"hs{Number}-lan", $"10.77.{Number}."),
            ["vpn"] = await NetworkClient.ConnectAsync($"hs{Number}-vpn", $"10.78.{Number}."),
            ["public"] = await NetworkClient.ConnectAsync($"hs{Number}-net", $"198.18.{Number}."),
        };
        var place = new Place(new Household(engine, "town"), clients);
        place.Home.Files.LetThrough();
        place.Home.Files.Write("homestack.yaml", $$"""
            homestack: 1
            home: town
            hosts: { here: { address: {{place.Address}} } }
            zones: { lan: {{clients["lan"].Network}}, vpn: {{clients["vpn"].Network}} }
            listen: { https: {{Https}}, http: {{engine.Port(42)}}, dns: {{Dns}} }
            stacks: [stacks/main.yaml]

            """);
        var stack = new StackText();
        foreach (var (name, zones) in services)
        {
            stack.Service(name, "test/web:1",
            [
                $"command: [sh, -c, \"mkdir -p /tmp/w; echo {name} > /tmp/w/index.html; exec httpd -f -p 80 -h /tmp/w\"]",
                .. zones.Length == 0 ? [] : new[] { $"x-homestack: {{ port: 80, expose: [{string.Join(", ", zones)}] }}" },
            ]);
        }

        (await place.Home.Write(stack).Command.RunAsync(UpLimit, "up", place.Home.Files.Folder, "-d", "--yes")).Expect(0);
        var first = $"{services.First(service => service.Zones.Contains("lan")).Name}";
        await Eventually.BecomesTrueAsync(() => IsPageAsync(clients["lan"], place, first).GetAwaiter().GetResult(), Patience, "the first page is served");
        return place;
    }

    private sealed record Place(Household Home, Dictionary<string, NetworkClient> Clients) : IAsyncDisposable
    {
        /// <summary>Where the name server listens, and what names lead to.</summary>
        public string Address => Clients["lan"].Gateway;

        public string Authority => Path.Combine(Home.Files.StateFolder, "certificates/authority.pem");

        public async ValueTask DisposeAsync()
        {
            await Home.Command.StopEngineAsync(Signals.Kill);
            if (SocketProbe.ListenerOf(FrontAddress.SocketOf(Home.Files.StateFolder)) is { } front)
            {
                Signals.Send(front.ProcessId, Signals.Kill);
            }

            await Home.DisposeAsync();
            foreach (var client in Clients.Values)
            {
                await client.DisposeAsync();
            }
        }
    }
}
