using Homestack.Collections;
using Homestack.Engine.Sleeping;

namespace Homestack.Engine.Tests.Sleeping;

/// <summary>When a service is started and stopped, with time in the test's hand.</summary>
public sealed class SleepKeeperTests : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly HandClock clock = new();
    private readonly FakeSleepingHome home = new();
    private readonly List<string> said = [];
    private readonly CancellationTokenSource end = new();
    private readonly SleepKeeper keeper;
    private Task running = Task.CompletedTask;

    public SleepKeeperTests() => keeper = new(home, clock, new() { Pause = TimeSpan.FromMilliseconds(5) }, words =>
    {
        lock (said)
        {
            said.Add(words);
        }
    });

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running;
        end.Dispose();
    }

    [Fact]
    public async Task A_wish_starts_a_service_that_does_not_run_once()
    {
        home.Run = "";
        await StartAsync();
        await home.SayAsync(7, 0, open: 1, isWanted: true);
        await home.SayAsync(7, 0, open: 1, isWanted: true);
        Assert.Equal(["wake"], home.Done);
        Assert.Contains("media/films was woken by a visitor", Assert.Single(said), StringComparison.Ordinal);

        // The first question wants an answer at once, the one after a start looks for its run, later ones wait for news after the report that is known.
        Assert.Equal([(0, TimeSpan.Zero), (7, TimeSpan.FromSeconds(1)), (7, TimeSpan.FromSeconds(30))], home.Questions);
    }

    [Fact]
    public async Task It_is_stopped_after_so_long_without_a_visitor_and_running_for_as_long()
    {
        await StartAsync();
        await home.SayAsync(1, 29);
        clock.Pass(29 * Minute);

        // The front counts for longer than this engine has seen it run: an engine that starts anew stops nothing early.
        await home.SayAsync(1, 58);
        Assert.Empty(home.Done);
        clock.Pass(Minute);
        await home.SayAsync(1, 59);
        Assert.Equal(["stop"], home.Done);
        Assert.Equal("sleep: media/films had no visitor for 30m; stopped until the next one comes", Assert.Single(said));
    }

    [Fact]
    public async Task A_front_that_starts_anew_has_nothing_stopped_early()
    {
        await StartAsync();
        await home.SayAsync(1, 29);
        clock.Pass(60 * Minute);
        await home.SayAsync(99, 0);
        Assert.Empty(home.Done);
    }

    [Fact]
    public async Task One_that_somebody_started_by_hand_runs_for_its_time()
    {
        home.Run = "";
        await StartAsync();
        await home.SayAsync(1, 500);
        clock.Pass(60 * Minute);
        home.Run = "a@9";
        await home.SayAsync(1, 560);
        Assert.Empty(home.Done);
        clock.Pass(30 * Minute);
        await home.SayAsync(1, 590);
        Assert.Equal(["stop"], home.Done);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    public async Task Nobody_is_cut_off(int open, bool isWanted)
    {
        await StartAsync();
        await home.SayAsync(1, 0);
        clock.Pass(60 * Minute);
        await home.SayAsync(1, 60, open, isWanted);
        Assert.Empty(home.Done);

        // Nor who comes between the look and the stop.
        home.Last = home.Last with { Open = open, IsWanted = isWanted };
        await home.SayAsync(1, 60);
        Assert.Empty(home.Done);
        home.Last = home.Last with { Open = 0, IsWanted = false, Idle = 1000 };
        await home.SayAsync(1, 60);
        Assert.Empty(home.Done);
    }

    [Fact]
    public async Task While_something_is_carried_out_it_is_not_stopped_and_a_wish_is_kept()
    {
        home.IsBusy = true;
        await StartAsync();
        await home.SayAsync(1, 0);
        clock.Pass(60 * Minute);
        await home.SayAsync(1, 60);
        Assert.Empty(home.Done);
        home.Run = "";
        await home.SayAsync(2, 0, open: 1, isWanted: true);
        home.IsBusy = false;
        await home.SayAsync(2, 0, open: 1, isWanted: true);
        Assert.Equal(["wake"], home.Done);
    }

    [Fact]
    public async Task A_container_engine_that_is_away_is_told_of_once_and_tried_again()
    {
        (home.Run, home.IsEngineAway) = ("", true);
        await StartAsync();
        await home.SayAsync(1, 0, isWanted: true);
        await home.SayAsync(1, 0, isWanted: true);
        Assert.Equal("sleep: look: It is away.", Assert.Single(said));
        home.IsEngineAway = false;
        await home.SayAsync(1, 0, isWanted: true);
        Assert.Equal(["wake"], home.Done);
    }

    [Fact]
    public async Task Without_a_front_it_asks_again_after_a_pause()
    {
        await StartAsync();
        await home.SayAsync(null);
        await home.SayAsync(null);
        Assert.Equal(3, home.Questions.Count);
    }

    [Fact]
    public async Task While_no_service_sleeps_nobody_is_asked_anything()
    {
        home.Sleep = null;
        running = keeper.RunAsync(end.Token);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Empty(home.Questions);
        home.Sleep = Minute;
        keeper.Wake();
        await home.AskedAsync();
    }

    [Fact]
    public void Trials_may_shorten_every_sleep() => Assert.Equal(
        (TimeSpan.FromSeconds(3), null, null),
        (SleepTimes.Of(Variable("3s")).After, SleepTimes.Of(Variable("soon")).After, SleepTimes.Of(ValueMap<string>.Empty).After));

    private static ValueMap<string> Variable(string words) => ValueMap<string>.Empty.With(SleepTimes.TrialVariable, words);

    private Task StartAsync()
    {
        running = keeper.RunAsync(end.Token);
        return home.AskedAsync();
    }
}
