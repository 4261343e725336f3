using Homestack.Blueprints;
using Homestack.Engine.Reconciling;
using Homestack.Homes;

namespace Homestack.Engine.Tests.Reconciling;

public sealed class DriftWatchTests
{
    private static readonly WatchTimes Patient = new() { Debounce = TimeSpan.FromMilliseconds(1), SecondLook = TimeSpan.FromMilliseconds(1), Period = TimeSpan.FromHours(1), FirstPause = TimeSpan.FromMilliseconds(1) };

    private static readonly WatchTimes Eager = Patient with { Period = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task Drift_is_reported_as_soon_as_something_happens_and_nothing_is_changed()
    {
        var home = new FakeHome { Policy = ReconcilePolicy.Report };
        await WatchAsync(home, Patient, async reports =>
        {
            Assert.Empty((await NextAsync(reports)).Drift);
            home.Drift.Add("photos/server");
            home.Happen("die");
            Assert.Equal(["photos/server: stopped by somebody else"], (await NextAsync(reports)).Drift);
            home.Drift.Clear();
            home.Happen("start");
            Assert.Empty((await NextAsync(reports)).Drift);
        });
        Assert.Equal(0, home.Repairs);
    }

    [Fact]
    public async Task Drift_without_an_event_is_found_by_looking_now_and_then()
    {
        var home = new FakeHome();
        await WatchAsync(home, Eager, async reports =>
        {
            await NextAsync(reports);
            home.Drift.Add("photos/server");
            Assert.Single((await NextAsync(reports)).Drift);
        });
    }

    [Fact]
    public async Task What_is_over_by_the_second_look_is_neither_said_nor_repaired()
    {
        var home = new FakeHome { Policy = ReconcilePolicy.Repair };
        await WatchAsync(home, Patient with { SecondLook = TimeSpan.FromMilliseconds(500) }, async reports =>
        {
            Assert.Empty((await NextAsync(reports)).Drift);
            home.Drift.Add("photos/server");
            home.Happen("die");
            await Task.Delay(250, TestContext.Current.CancellationToken);
            home.Drift.Clear();
            home.Drift.Add("media/server");
            home.Happen("start");
            Assert.Equal(["media/server: stopped by somebody else"], (await NextAsync(reports)).Drift);
        });
        Assert.Equal(1, home.Repairs);
    }

    [Fact]
    public async Task A_home_that_wants_repair_is_repaired()
    {
        var home = new FakeHome { Policy = ReconcilePolicy.Repair, Drift = { "photos/server" } };
        await WatchAsync(home, Patient, async reports =>
        {
            Assert.Single((await NextAsync(reports)).Drift);
            Assert.Empty((await NextAsync(reports)).Drift);
        });
        Assert.Equal(1, home.Repairs);
    }

    [Fact]
    public async Task A_repair_that_would_cost_data_is_only_reported()
    {
        var home = new FakeHome { Policy = ReconcilePolicy.Repair, Drift = { "photos/server" }, Destroys = ["volume library"] };
        await WatchAsync(home, Eager, async reports =>
        {
            Assert.Single((await NextAsync(reports)).Drift);
            while (home.Looks < 5)
            {
                await Task.Yield();
            }
        });
        Assert.Equal(0, home.Repairs);
    }

    [Fact]
    public async Task A_repair_that_fails_is_said_and_tried_ever_more_rarely()
    {
        var home = new FakeHome { Policy = ReconcilePolicy.Repair, Drift = { "photos/server" }, RepairProblem = "no such image" };
        await WatchAsync(home, Eager with { FirstPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1) }, async reports =>
        {
            await NextAsync(reports);
            Assert.Equal("repair failed: no such image", (await NextAsync(reports)).Problem);
            while (home.Looks < 10)
            {
                await Task.Yield();
            }
        });
        Assert.Equal(1, home.Repairs);
    }

    [Fact]
    public async Task A_container_engine_that_goes_away_is_said_and_waited_for()
    {
        var home = new FakeHome();
        await WatchAsync(home, Eager, async reports =>
        {
            await NextAsync(reports);
            home.IsAway = true;
            home.Happen("gone");
            Assert.Contains("Nothing listens", (await NextAsync(reports)).Problem);
            home.Drift.Add("photos/server");
            home.IsAway = false;
            var back = await NextAsync(reports);
            Assert.Equal("", back.Problem);
            Assert.Single(back.Drift);
        });
    }

    private static async Task WatchAsync(FakeHome home, WatchTimes times, Func<IAsyncEnumerator<DriftReport>, Task> story)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(20));
        var board = new DriftBoard(TimeProvider.System, static _ => { });
        var reports = board.FollowAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var watch = new DriftWatch(home, board, TimeProvider.System, times, static _ => { });
        var running = watch.RunAsync(stop.Token);
        await story(reports);
        await stop.CancelAsync();
        await running;
    }

    private static async Task<DriftReport> NextAsync(IAsyncEnumerator<DriftReport> reports) =>
        await reports.MoveNextAsync() ? reports.Current : throw new InvalidOperationException("The reports ended.");
}
