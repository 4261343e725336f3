using System.Net;
using Homestack.Front.Sleeping;
using Homestack.Fronts;

namespace Homestack.Front.Tests.Sleeping;

/// <summary>Counting, wishing and waiting, without a network.</summary>
public sealed class VisitBoardTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly HandClock clock = new();
    private readonly VisitBoard board;
    private readonly Sleeper sleeper;

    public VisitBoardTests()
    {
        board = new(clock);
        sleeper = board.Of("a/b", 80, isUdp: false);
        board.Serve([new(sleeper, [])]);
    }

    [Fact]
    public async Task Idle_time_is_counted_from_the_front_s_own_start_and_from_the_end_of_the_last_visit()
    {
        clock.Pass(Second * 5);
        Assert.Equal(5000, (await LookAsync()).Idle);
        sleeper.Visits.Begin();
        clock.Pass(Second * 5);
        Assert.Equal((1, 0L), await LookAsync() is var open ? (open.Open, open.Idle) : default);
        sleeper.Visits.End();
        clock.Pass(Second * 2);
        Assert.Equal((0, 2000L), await LookAsync() is var ended ? (ended.Open, ended.Idle) : default);
    }

    [Fact]
    public async Task A_wish_is_told_once_and_forgotten_after_a_minute_and_fulfilled_by_a_container()
    {
        var before = await board.ReportAsync(0, TimeSpan.Zero, default);
        sleeper.Visits.Wish();
        sleeper.Visits.Wish();
        Assert.Equal(before.Number + 1, (await board.ReportAsync(before.Number, Second * 30, default)).Number);
        Assert.True((await LookAsync()).IsWanted);
        clock.Pass(Second * 59);
        sleeper.Visits.Wish();
        clock.Pass(Second * 2);
        Assert.Equal((true, Second * 61), ((await LookAsync()).IsWanted, sleeper.Visits.Waited));
        clock.Pass(Second * 60);
        Assert.Equal((false, TimeSpan.Zero), ((await LookAsync()).IsWanted, sleeper.Visits.Waited));

        sleeper.Visits.Wish();
        board.Serve([new(sleeper, [new(IPAddress.Loopback, 1)])]);
        Assert.False((await LookAsync()).IsWanted);

        // It goes away beneath who waits for its port: that is news.
        var there = await board.ReportAsync(0, TimeSpan.Zero, default);
        board.Serve([new(sleeper, [])]);
        Assert.Equal((there.Number + 1, true), await board.ReportAsync(there.Number, Second * 30, default) is var gone ? (gone.Number, gone.Services[0].IsWanted) : default);
    }

    [Fact]
    public async Task Without_news_a_question_is_answered_after_its_wait_and_at_the_front_s_end_at_once()
    {
        var known = await board.ReportAsync(0, TimeSpan.Zero, default);
        Assert.Equal(known.Number, (await board.ReportAsync(known.Number, TimeSpan.FromMilliseconds(50), default)).Number);
        var asked = board.ReportAsync(known.Number, Second * 30, default);
        Assert.False(asked.IsCompleted);
        board.Close();
        await asked.WaitAsync(Second * 5, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Waiting_has_an_end_and_only_so_many_may_wait()
    {
        Assert.Equal(WaitEnd.NotYet, await sleeper.WaitAsync(TimeSpan.FromMilliseconds(50), default));
        Assert.Equal(WaitEnd.NotYet, await sleeper.WaitAsync(TimeSpan.Zero, default));
        using var end = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, Sleeper.MostWaiting).Select(_ => sleeper.WaitAsync(Second * 30, end.Token).AsTask()).ToArray();
        Assert.Equal(WaitEnd.Crowded, await sleeper.WaitAsync(Second * 30, default));
        await end.CancelAsync();
        Assert.All(await Task.WhenAll(waiting), ended => Assert.Equal(WaitEnd.Gone, ended));
        Assert.Equal(WaitEnd.NotYet, await sleeper.WaitAsync(TimeSpan.FromMilliseconds(50), default));
    }

    [Fact]
    public async Task Only_so_many_may_wait_in_all()
    {
        using var end = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 4).Select(number => board.Of($"a/{number}", 80, isUdp: false))
            .SelectMany(each => Enumerable.Range(0, Sleeper.MostWaiting).Select(_ => each.WaitAsync(Second * 30, end.Token).AsTask())).ToArray();
        Assert.Equal(VisitBoard.MostWaiting, waiting.Length);
        Assert.Equal(WaitEnd.Crowded, await sleeper.WaitAsync(Second * 30, default));
        await end.CancelAsync();
        await Task.WhenAll(waiting);
        Assert.Equal(WaitEnd.NotYet, await sleeper.WaitAsync(TimeSpan.FromMilliseconds(50), default));
    }

    private async Task<ServiceVisits> LookAsync() => Assert.Single((await board.ReportAsync(0, TimeSpan.Zero, default)).Services);
}
