using System.Diagnostics;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Stories;

/// <summary>Many want to apply at once: one does, the others are told who, and a dead one holds nobody up.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class RaceTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const int Racers = 8, Short = 7, Long = 250;
    private static readonly TimeSpan ToldLimit = TimeSpan.FromSeconds(1), TakenLimit = TimeSpan.FromSeconds(5);

    [Theory, InlineData("eight processes"), InlineData("eight callers of one engine")]
    public async Task Of_eight_one_wins_and_the_others_are_told(string racers)
    {
        await engine.ImportAsync("test/web:1", "test/web:2");
        await using var home = new Household(engine, "race");
        home.Write(Stack("test/web:1"));
        (racers.EndsWith("engine", StringComparison.Ordinal) ? await home.UpAsync() : await home.ConvergeAsync()).Expect(0);

        var told = new List<double>();
        var failures = new List<string>();
        var races = Figures.IsLong ? Long : Short;
        for (var race = 1; race <= races; race++)
        {
            home.Write(Stack(race % 2 == 0 ? "test/web:1" : "test/web:2"));
            var plan = await home.PlanToFileAsync();
            var results = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => home.Command.RunAsync("apply", plan, "--yes")));
            var losers = results.Where(result => result.ExitCode != 0).ToArray();
            if (losers.Length != Racers - 1 || !losers.All(IsTold))
            {
                failures.Add($"race {race}: {string.Join("\n", results.Select(result => result.ToString()))}");
            }

            told.AddRange(losers.Select(loser => loser.Took.TotalSeconds));
            (await home.ConvergeAsync()).Expect(0);
        }

        Figures.Record("R11", $"{races} races of {racers}, {failures.Count} without exactly one winner, losers told in p50 {Figures.Percentile(told, 50):0.00} s, p95 {Figures.Percentile(told, 95):0.00} s, start of eight programs on {Environment.ProcessorCount} cores included");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public async Task A_second_one_is_told_within_a_second_and_a_dead_holders_lock_is_free()
    {
        await engine.ImportAsync("test/web:1", "test/web:2");
        await using var home = new Household(engine, "relay");
        (await home.Write(Stack("test/web:1")).ConvergeAsync()).Expect(0);
        home.Write(Stack("test/web:2"));
        await using var paused = new WatchedSocket(engine.Folder + "/race.sock", engine.Socket);
        var plan = await home.PlanToFileAsync(home.Command.Through(paused.Address));
        using var isHolding = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        paused.Before = call =>
        {
            if (call.IsWrite)
            {
                isHolding.Set();
                mayGoOn.Wait();
            }
        };
        await using var holder = home.Command.Start("apply", plan, "--yes");
        Assert.True(isHolding.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        CallResult[] losers = [await LoseAsync(home, plan), await LoseAsync(home, plan), await LoseAsync(home, plan)];
        var loser = losers.MinBy(each => each.Took) ?? losers[0];
        Assert.True(loser.Took <= ToldLimit, loser.ToString());
        Assert.Contains($"{holder.Id}", loser.Error, StringComparison.Ordinal);

        holder.Signal(Signals.Kill);
        var watch = Stopwatch.StartNew();
        await holder.EndAsync(TakenLimit);
        mayGoOn.Set();
        var taken = (await home.Command.RunAsync("apply", plan, "--yes")).Expect(0, 3);
        Figures.Record("R11", $"a second call told in {loser.Took.TotalSeconds:0.00} s; a dead holder's lock taken in {watch.Elapsed.TotalSeconds - taken.Took.TotalSeconds:0.00} s, the next apply ended {taken.Took.TotalSeconds:0.00} s later");
        (await home.ConvergeAsync()).Expect(0);
        (await home.PlanAsync()).Expect(0);
    }

    private static async Task<CallResult> LoseAsync(Household home, string plan)
    {
        var loser = await home.Command.RunAsync("apply", plan, "--yes");
        Assert.True(IsTold(loser), loser.ToString());
        return loser;
    }

    /// <summary>Refused because another holds the lock, or because that one was done already and the world is not the plan's any more.</summary>
    private static bool IsTold(CallResult result) => !result.HasTimedOut && result.ExitCode is 1 or 3 && result.Error.Length > 0 && !result.Error.Contains("   at ", StringComparison.Ordinal);

    /// <summary>One that takes a second to become healthy, so that the winner still holds the lock when the last racer comes.</summary>
    private StackText Stack(string image) => new StackText().Service("slow", image,
    [
        """command: [sh, -c, "touch /tmp/began; sleep 2; touch /tmp/well; exec httpd -f -p 80 -h /www"]""",
        """healthcheck: { test: [CMD, test, -e, /tmp/well], interval: 300ms, timeout: 1s, retries: 30 }""",
        $"""ports: ["127.0.0.1:{engine.Port(5)}:80"]""",
    ]);
}
