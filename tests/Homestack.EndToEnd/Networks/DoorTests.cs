using System.Text.Json;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Stories;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.EndToEnd.Networks;

/// <summary>What the door of a home does besides opening: ports as they are, a browser, what is being worked on, and the log.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class DoorTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const string Domain = "home.arpa";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), UpLimit = TimeSpan.FromMinutes(3), BrowserLimit = TimeSpan.FromSeconds(60);

    private int Https => engine.Port(41);

    private int Raw => engine.Port(44);

    private int Number => (Https - 20000) / 100;

    [Fact]
    public async Task A_raw_port_opens_for_the_zones_of_its_service_and_closes_when_they_are_taken_away()
    {
        await using var place = await PlaceAsync("game", "x-homestack: { expose: [lan] }");
        await Eventually.BecomesTrueAsync(() => IsReachedAsync(place.Lan).GetAwaiter().GetResult(), Patience, "the port is open for the lan");
        Assert.False(await IsReachedAsync(place.Net));

        // Taken away: the plan says so, and the engine gets the port for loopback, which the front must have let go of.
        Write(place.Home, "game", "");
        var plan = await place.Home.PlanAsync();
        Assert.Contains($"tcp game.{Domain}:{Raw}", plan.Output, StringComparison.Ordinal);
        (await place.Home.Command.RunAsync(UpLimit, "up", place.Home.Files.Folder, "-d", "--yes")).Expect(0);
        Assert.False(await IsReachedAsync(place.Lan));
        Assert.Equal("game", await FetchAsync("127.0.0.1"));

        // And back, for the internet too.
        Write(place.Home, "game", "x-homestack: { expose: [lan, public] }");
        (await place.Home.Command.RunAsync(UpLimit, "up", place.Home.Files.Folder, "-d", "--yes")).Expect(0);
        await Eventually.BecomesTrueAsync(() => IsReachedAsync(place.Net).GetAwaiter().GetResult(), Patience, "the port is open for the internet");
        Assert.True(await IsReachedAsync(place.Lan));
        Assert.Empty((await place.Home.PlanAsync()).Expect(0).Error);
    }

    [Fact]
    public async Task A_browser_trusts_the_home_speaks_through_a_websocket_and_goaccess_reads_the_log()
    {
        using var app = new EchoPage(engine.Port(45));
        await using var place = await PlaceAsync("web", "x-homestack: { port: 7000, expose: [lan], maintenance: true }", $"sites: {{ app: {{ proxy: \"{app.Address}\", expose: [lan] }} }}");
        await Eventually.BecomesTrueAsync(() => place.Lan.FetchAsync($"app.{Domain}", Https, place.Lan.Gateway, place.Authority).GetAwaiter().GetResult().Status == "200", Patience, "the application answers");

        Assert.Contains("ERR_CERT_AUTHORITY_INVALID", await BrowseAsync(place, "app"), StringComparison.Ordinal);
        await TrustAsync(place);
        Assert.Contains("<p id=\"said\">hello through a WebSocket</p>", await BrowseAsync(place, "app"), StringComparison.Ordinal);
        Assert.Contains("web is being worked on", await BrowseAsync(place, "web"), StringComparison.Ordinal);
        Assert.Equal("503", (await place.Lan.FetchAsync($"web.{Domain}", Https, place.Lan.Gateway, place.Authority)).Status);

        // A visitor who sends what would break a line.
        await place.Lan.RunAsync(Patience, "curl", "--silent", "--cacert", place.Authority, "--resolve", $"app.{Domain}:{Https}:{place.Lan.Gateway}", "-A", "a\" \\ b\u00e4", $"https://app.{Domain}:{Https}/x?y=%22");
        var log = Path.Combine(FrontAddress.FolderOf(place.Home.Files.StateFolder), "log/access.log");
        await Eventually.BecomesTrueAsync(() => File.Exists(log) && File.ReadAllText(log).Contains("y=%22", StringComparison.Ordinal), Patience, "the log holds the last request");
        var report = place.Home.Files.Beside("report.json");
        (await RunningProgram.RunAsync(["goaccess", log, "--log-format=COMBINED", "--no-global-config", "--no-progress", "-o", report], Patience)).Expect(0);
        using var read = JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        var general = read.RootElement.GetProperty("general");
        var lines = File.ReadAllLines(log).Length;
        Figures.Record("log", $"goaccess read {general.GetProperty("valid_requests").GetInt32()} of {lines} lines, {general.GetProperty("failed_requests").GetInt32()} not understood");
        Assert.Equal((lines, 0), (general.GetProperty("valid_requests").GetInt32(), general.GetProperty("failed_requests").GetInt32()));
    }

    private async Task<bool> IsReachedAsync(NetworkClient client) =>
        (await client.RunAsync(Patience, "curl", "--silent", "--max-time", "5", $"http://{client.Gateway}:{Raw}/")).Output.Trim() == "game";

    private async Task<string> FetchAsync(string address) => (await RunningProgram.RunAsync(["curl", "--silent", "--max-time", "5", $"http://{address}:{Raw}/"], Patience)).Output.Trim();

    /// <summary>The page as the browser has it after a while, scripts and all.</summary>
    private async Task<string> BrowseAsync(Place place, string name)
    {
        var result = await place.Lan.RunAsync(BrowserLimit, "env", $"HOME={place.Browser}", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", $"--user-data-dir={place.Browser}/profile", $"--host-resolver-rules=MAP *.{Domain} {place.Lan.Gateway}",
        "--dump-dom", $"https://{name}.{Domain}:{Https}/");
        return result.Output + result.Error;
    }

    /// <summary>As a person would install the root of the home.</summary>
    private static async Task TrustAsync(Place place)
    {
        var store = Path.Combine(place.Browser, ".pki/nssdb");
        Directory.CreateDirectory(store);
        (await RunningProgram.RunAsync(["certutil", "-d", "sql:" + store, "-N", "--empty-password"], Patience)).Expect(0);
        (await RunningProgram.RunAsync(["certutil", "-d", "sql:" + store, "-A", "-n", "home", "-t", "C,,", "-i", place.Authority], Patience)).Expect(0);
    }

    private void Write(Household home, string name, string extension) => home.Write(new StackText().Service(name, "test/web:1",
    [
        $"command: [sh, -c, \"mkdir -p /tmp/w; echo {name} > /tmp/w/index.html; exec httpd -f -p 7000 -h /tmp/w\"]",
        $"ports: [\"{Raw}:7000\"]",
        .. extension.Length == 0 ? [] : new[] { extension },
    ]));

    private async Task<Place> PlaceAsync(string name, string extension, string more = "")
    {
        await engine.ImportAsync("test/web:1");
        var (lan, net) = (await NetworkClient.ConnectAsync($"hs{Number}-lan", $"10.77.{Number}."), await NetworkClient.ConnectAsync($"hs{Number}-net", $"198.18.{Number}."));
        var place = new Place(new Household(engine, "door"), lan, net);
        place.Home.Files.LetThrough();
        place.Home.Files.Write("homestack.yaml", $$"""
            homestack: 1
            home: door
            domain: {{Domain}}
            hosts: { here: { address: {{lan.Gateway}} } }
            zones: { lan: {{lan.Network}} }
            listen: { https: {{Https}}, http: {{engine.Port(42)}}, dns: {{engine.Port(43)}} }
            stacks: [stacks/main.yaml]
            {{more}}

            """);
        Write(place.Home, name, extension);
        (await place.Home.Command.RunAsync(UpLimit, "up", place.Home.Files.Folder, "-d", "--yes")).Expect(0);
        return place;
    }

    private sealed record Place(Household Home, NetworkClient Lan, NetworkClient Net) : IAsyncDisposable
    {
        public string Authority => Path.Combine(Home.Files.StateFolder, "certificates/authority.pem");

        /// <summary>The browser's own home.</summary>
        public string Browser => Home.Files.Beside("browser");

        public async ValueTask DisposeAsync()
        {
            await Home.Command.StopEngineAsync(Signals.Kill);
            if (SocketProbe.ListenerOf(FrontAddress.SocketOf(Home.Files.StateFolder)) is { } front)
            {
                Signals.Send(front.ProcessId, Signals.Kill);
            }

            await Home.DisposeAsync();
            await Lan.DisposeAsync();
            await Net.DisposeAsync();
        }
    }
}
