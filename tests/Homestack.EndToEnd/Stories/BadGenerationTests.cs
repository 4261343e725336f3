using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Worlds;

namespace Homestack.EndToEnd.Stories;

/// <summary>A generation that cannot come up: the old one is back soon, and nobody who visits anything else notices.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class BadGenerationTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const int Drawn = 9, Wanted = 50;
    private const double LimitSeconds = 10;

    [Fact]
    public async Task The_old_generation_is_back_within_ten_seconds_and_no_visitor_of_other_services_notices()
    {
        await engine.ImportAsync("test/web:1", "test/web:2");
        await using var home = new Household(engine, "brave");
        using var taken = new TcpListener(IPAddress.Loopback, engine.Port(11));
        taken.Start();
        await RunForeignAsync(engine.Port(10));

        home.Write(Good());
        (await home.ConvergeAsync()).Expect(0);
        var good = await home.WorldAsync();
        Uri[] pages = [Visitors.Page(engine.Port(3)), await home.PageOfAsync("quiet")];

        var kinds = BadGeneration.All(engine.Port(10), engine.Port(11));
        (BadGeneration Bad, bool HasPort)[] cases = [.. Enumerable.Range(0, Wanted).Select(number => (kinds[number % kinds.Count], (number / kinds.Count) % 2 == 0))];
        var seconds = new List<double>();
        var failures = new List<string>();
        var answers = 0;
        foreach (var (bad, hasPort) in Figures.Sample(cases, Drawn))
        {
            await using var visitors = Visitors.At(pages);
            home.Write(With(bad, hasPort));
            var watch = Stopwatch.StartNew();
            var refused = await home.ConvergeAsync();
            seconds.Add(watch.Elapsed.TotalSeconds);
            var unserved = await visitors.EndAsync();
            answers += visitors.Answers;

            var where = $"{bad}, {(hasPort ? "with" : "without")} a port, {watch.Elapsed.TotalSeconds:0.0} s";
            home.Write(Good());
            var plan = await home.PlanAsync();
            var now = await home.WorldAsync();
            var wrong = refused.ExitCode != 1 ? $"it was not refused\n{refused}"
                : refused.Error.Length == 0 ? "it said nothing"
                : unserved.Count > 0 ? $"{unserved.Count} visitors were not served: {unserved[0]}"
                : plan.ExitCode != 0 ? $"the old manifest has a plan that is not empty\n{refused}\n{plan}"
                : now != good ? $"another world than before\n{refused}\n--- before\n{good}\n--- now\n{now}"
                : "";
            if (wrong.Length > 0)
            {
                failures.Add($"{where}: {wrong}");
                (await home.ConvergeAsync()).Expect(0);
            }
        }

        var slowest = Figures.Percentile(seconds, 95);
        Figures.Record("R8", $"{seconds.Count} bad generations of {kinds.Count} kinds, {failures.Count} not back, p95 {slowest:0.0} s, {answers} visits to other services, {failures.Count(failure => failure.Contains("visitors"))} with failures");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.True(slowest <= LimitSeconds, $"p95 is {slowest:0.0} s: {string.Join(' ', seconds.Select(each => each.ToString("0.0")))}");
        Assert.True(answers > seconds.Count, "the visitors did not visit");
    }

    /// <summary>Two that stay as they are, one with a port and one without, and two that will be broken.</summary>
    private StackText Good() => Steady().Web("shown", "test/web:1", engine.Port(4)).Web("hidden", "test/web:1");

    private StackText With(BadGeneration bad, bool hasPort)
    {
        var hasOwnPorts = bad.Lines.Any(line => line.StartsWith("ports:", StringComparison.Ordinal));
        return hasPort
            ? Steady().Service("shown", bad.Image, [.. bad.Lines, .. hasOwnPorts ? [] : new[] { $"""ports: ["127.0.0.1:{engine.Port(4)}:80"]""" }]).Web("hidden", "test/web:1")
            : Steady().Web("shown", "test/web:1", engine.Port(4)).Service("hidden", bad.Image, bad.Lines);
    }

    private StackText Steady() => new StackText().Web("open", "test/web:1", engine.Port(3)).Web("quiet", "test/web:1");

    private async Task RunForeignAsync(int port)
    {
        await engine.Api.SendAsync(HttpMethod.Post, "networks/create", new JsonObject { ["Name"] = "foreign" });
        var created = await engine.Api.SendAsync(HttpMethod.Post, "containers/create?name=foreign", new JsonObject
        {
            ["Image"] = "test/web:1",
            ["Cmd"] = new JsonArray("sleep", "100000"),
            ["ExposedPorts"] = new JsonObject { ["80/tcp"] = new JsonObject() },
            ["HostConfig"] = new JsonObject
            {
                ["NetworkMode"] = "foreign",
                ["PortBindings"] = new JsonObject { ["80/tcp"] = new JsonArray(new JsonObject { ["HostIp"] = "127.0.0.1", ["HostPort"] = $"{port}" }) },
            },
        });
        await engine.Api.SendAsync(HttpMethod.Post, $"containers/{created?["Id"]}/start");
    }
}
