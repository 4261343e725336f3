using System.Diagnostics;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Stories;
using Homestack.Fronts;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.EndToEnd.Networks;

/// <summary>Services that sleep, on a real container engine: stopped when nobody visits, and there for the first who does. The trial's sleep is three seconds.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class SleepTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    // httpd handles no SIGTERM, and the first process of a container is spared the signal's usual meaning.
    private const string Domain = "home.arpa", StopsAtOnce = "stop_signal: SIGKILL";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40), UpLimit = TimeSpan.FromMinutes(3), Watched = TimeSpan.FromSeconds(20);

    private static int Visits => Figures.IsLong ? 15 : 5;

    private int Https => engine.Port(71);

    private int Raw => engine.Port(74);

    private int Number => (Https - 20000) / 100;

    [Fact]
    public async Task A_service_sleeps_until_somebody_comes()
    {
        await using var place = await PlaceAsync();
        await FallsAsleepAsync(place, "web");
        await FallsAsleepAsync(place, "game");

        // Nothing is wrong, nothing is to be done, and nothing is started by doing it.
        var status = (await place.Command.RunAsync("status", "--json")).Expect(0).Output;
        Assert.Equal(2, status.Split("\"asleep\"").Length - 1);
        (await place.Command.RunAsync("plan", place.Home.Files.Folder)).Expect(0);
        (await place.Command.RunAsync(UpLimit, "up", place.Home.Files.Folder, "-d", "--yes")).Expect(0);
        Assert.Equal(("exited", "exited"), (await StateAsync(place, "web"), await StateAsync(place, "game")));

        // Who may not visit wakes nobody.
        Assert.NotEqual("200", (await FetchAsync(place, place.Net)).Status);
        Assert.NotEqual("game", await ReachAsync(place.Net));
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal(("exited", "exited"), (await StateAsync(place, "web"), await StateAsync(place, "game")));

        // The first visitor gets the real answer, and so do twenty at once, for one start.
        var watch = Stopwatch.StartNew();
        var first = await FetchAsync(place, place.Lan);
        Assert.Equal(("200", "web"), (first.Status, first.Page));
        Figures.Record("sleep", $"the first visitor had the real answer after {watch.ElapsedMilliseconds} ms; the application takes 1000 of them until it listens");
        await FallsAsleepAsync(place, "web");
        var before = Woken(place, "web");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => FetchAsync(place, place.Lan)));
        Assert.All(answers, answer => Assert.Equal(("200", "web"), (answer.Status, answer.Page)));
        Assert.Equal((0, before + 1), (before - 1, Woken(place, "web")));

        // A raw port wakes as well.
        Assert.Equal(("exited", "game"), (await StateAsync(place, "game"), await ReachAsync(place.Lan)));
        Assert.Equal(1, Woken(place, "game"));
        Assert.DoesNotContain("drift", await File.ReadAllTextAsync(EngineAddress.LogOf(place.Home.Files.StateFolder), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_engine_a_visitor_reads_a_page_and_the_engine_that_comes_back_wakes()
    {
        await using var place = await PlaceAsync();
        await FallsAsleepAsync(place, "web");
        if (Figures.IsLong)
        {
            await MeasureAsync(place);
        }

        await place.Command.StopEngineAsync(Signals.Kill);
        var watch = Stopwatch.StartNew();
        var page = await FetchAsync(place, place.Lan, "-H", "Accept: text/html");
        Assert.Equal("503", page.Status);
        Assert.Contains("<h1>web is waking up</h1>", page.Page, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 3.5, 9);
        Assert.Equal("exited", await StateAsync(place, "web"));

        // A program waits through it, and nobody has to come again.
        var waiting = FetchAsync(place, place.Lan);
        (await place.Command.RunAsync(UpLimit, "up", place.Home.Files.Folder, "-d", "--yes")).Expect(0);
        var answer = await waiting;
        Assert.Equal(("200", "web"), (answer.Status, answer.Page));
    }

    [Fact]
    public async Task Who_comes_while_it_falls_asleep_gets_the_real_answer_too()
    {
        await using var place = await PlaceAsync();
        var times = new List<double>();
        for (var visit = 0; visit < Visits; visit++)
        {
            // From a little before its time is over to a little after.
            await Task.Delay(TimeSpan.FromMilliseconds(3000 + (6500 * visit / (Visits - 1))), TestContext.Current.CancellationToken);
            var watch = Stopwatch.StartNew();
            var answer = await FetchAsync(place, place.Lan);
            Assert.Equal(("200", "web"), (answer.Status, answer.Page));
            times.Add(watch.ElapsedMilliseconds);
        }

        Assert.True(Woken(place, "web") > 0, string.Join(' ', times) + "\n" + await File.ReadAllTextAsync(EngineAddress.LogOf(place.Home.Files.StateFolder), TestContext.Current.CancellationToken));
        Figures.Record("sleep", $"{Visits} visitors around the moment of falling asleep: all had the real answer, the slowest after {times.Max():0} ms; it was woken {Woken(place, "web")} times");
    }

    private static Task FallsAsleepAsync(Place place, string service) =>
        Eventually.BecomesTrueAsync(async () => await StateAsync(place, service) == "exited", Patience, $"{service} sleeps");

    private static async Task<string> StateAsync(Place place, string service) =>
        (string?)(await place.Home.Engine.Api.GetAsync($"containers/{await place.Home.ContainerAsync(service)}/json"))["State"]?["Status"] ?? "";

    private static int Woken(Place place, string service) =>
        File.ReadAllText(EngineAddress.LogOf(place.Home.Files.StateFolder)).Split($"sleep: main/{service} was woken by a visitor").Length - 1;

    private async Task<string> ReachAsync(NetworkClient client) =>
        (await client.RunAsync(Patience, "curl", "--silent", "--max-time", "15", $"http://{client.Gateway}:{Raw}/")).Output.Trim();

    private async Task<(string Status, string Page)> FetchAsync(Place place, NetworkClient client, params string[] more)
    {
        var result = await client.RunAsync(Patience, ["curl", "--silent", "--max-time", "30", "--cacert", place.Authority, "--resolve", $"web.{Domain}:{Https}:{client.Gateway}", "--write-out", "\n%{http_code}", .. more, $"https://web.{Domain}:{Https}/"]);
        var lines = result.Output.Split('\n');
        return (lines[^1], string.Join('\n', lines[..^1]).Trim());
    }

    /// <summary>What an engine takes whose services sleep.</summary>
    private static async Task MeasureAsync(Place place)
    {
        var process = Assert.Single(place.Command.EngineProcesses());
        var before = Ticks(process);
        await Task.Delay(Watched, TestContext.Current.CancellationToken);
        Figures.Record("sleep", $"the engine took {(Ticks(process) - before) * 10.0 / Watched.TotalMilliseconds * 100:0.00} % of a core while all slept, over {Watched.TotalSeconds:0} s");
    }

    /// <summary>Hundredths of a second of processor time.</summary>
    private static long Ticks(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        return long.Parse(fields[11]) + long.Parse(fields[12]);
    }

    private async Task<Place> PlaceAsync()
    {
        await engine.ImportAsync("test/web:1");
        var (lan, net) = (await NetworkClient.ConnectAsync($"hs{Number}-lan", $"10.77.{Number}."), await NetworkClient.ConnectAsync($"hs{Number}-net", $"198.18.{Number}."));
        var place = new Place(new Household(engine, "sleepy"), lan, net);
        place.Home.Files.LetThrough();
        place.Home.Files.Write("homestack.yaml", $$"""
            homestack: 1
            home: sleepy
            domain: {{Domain}}
            hosts: { here: { address: {{lan.Gateway}} } }
            zones: { lan: {{lan.Network}} }
            listen: { https: {{Https}}, http: {{engine.Port(72)}}, dns: {{engine.Port(73)}} }
            stacks: [stacks/main.yaml]

            """);
        place.Home.Write(new StackText()
            .Service("web", "test/web:1", ["command: [sh, -c, \"mkdir -p /tmp/w; echo web > /tmp/w/index.html; sleep 1; exec httpd -f -p 7000 -h /tmp/w\"]", StopsAtOnce, "x-homestack: { port: 7000, expose: [lan], sleep: 1m }"])
            .Service("game", "test/web:1", ["command: [sh, -c, \"mkdir -p /tmp/w; echo game > /tmp/w/index.html; exec httpd -f -p 7000 -h /tmp/w\"]", $"ports: [\"{Raw}:7000\"]", StopsAtOnce, "x-homestack: { expose: [lan], sleep: 1m }"]));
        (await place.Command.RunAsync(UpLimit, "up", place.Home.Files.Folder, "-d", "--yes")).Expect(0);
        return place;
    }

    private sealed record Place(Household Home, NetworkClient Lan, NetworkClient Net) : IAsyncDisposable
    {
        public string Authority => Path.Combine(Home.Files.StateFolder, "certificates/authority.pem");

        /// <summary>A person with little patience: every service sleeps after three seconds.</summary>
        public HomestackProcess Command { get; } = Home.Command.Under("env", "HOMESTACK_TRIAL_SLEEP=3s");

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
