using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>One question of a client costs at most four questions to upstreams (D7).</summary>
public sealed class QuestionBudgetTests
{
    private const string Name = "www.example.com";

    private static NameEngine Asking(params UpstreamAddress[] upstreams) =>
        Engine(new NameSnapshot { Views = Views, Upstreams = upstreams }, new NameEngineOptions { RateLimit = null, UpstreamTimeout = TimeSpan.FromSeconds(1.6) });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Silent_upstreams_are_asked_four_times_in_all_resends_included(int count)
    {
        var silent = Enumerable.Range(0, count).Select(_ => new FakeUpstream((_, _) => [])).ToArray();
        using var engine = Asking([.. silent.Select(upstream => upstream.Address())]);
        Assert.Equal(2, (await engine.AskAsync(Name, A)).Code);
        Assert.InRange(silent.Sum(upstream => upstream.Questions), Math.Min(count, 4), 4);
        foreach (var upstream in silent)
        {
            await upstream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Upstreams_that_cut_every_answer_and_refuse_TCP_are_asked_four_times_in_all()
    {
        var cutting = Enumerable.Range(0, 4).Select(_ => new FakeUpstream((query, isTcp) => isTcp ? [] : [FakeAnswer.To(query).Truncated().Bytes])).ToArray();
        using var engine = Asking([.. cutting.Select(upstream => upstream.Address())]);
        Assert.Equal(2, (await engine.AskAsync(Name, A)).Code);
        Assert.InRange(cutting.Sum(upstream => upstream.Questions), 2, 4);
        foreach (var upstream in cutting)
        {
            await upstream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Servers_that_send_rubbish_or_cut_answers_leave_enough_for_the_one_that_lives()
    {
        await using var rubbish = new FakeUpstream((query, _) => [FakeAnswer.To(query).WrongId().A(Name, "203.0.113.66").Bytes]);
        await using var scraps = new FakeUpstream((_, isTcp) => isTcp ? [] : [[1, 2, 3]]);
        await using var cutting = new FakeUpstream((query, isTcp) => isTcp ? [] : [FakeAnswer.To(query).Truncated().Bytes]);
        await using var alive = FakeUpstream.Answering(answer => answer.A(Name, "198.51.100.1"));
        FakeUpstream[] others = [rubbish, scraps, cutting];
        foreach (var (first, second, third) in new[] { (0, 1, 2), (2, 0, 1), (1, 2, 0) })
        {
            using var engine = Asking(others[first].Address(), others[second].Address(), others[third].Address(), alive.Address());
            Assert.Equal([$"{Name}. 1 198.51.100.1"], (await engine.AskAsync(Name, A)).AnswerSet);
        }
    }

    [Fact]
    public async Task The_last_of_four_still_answers_when_its_answer_is_long()
    {
        var silent = Enumerable.Range(0, 3).Select(_ => new FakeUpstream((_, _) => [])).ToArray();
        await using var alive = new FakeUpstream((query, isTcp) => [isTcp ? FakeAnswer.To(query).A(Name, "198.51.100.1").Bytes : FakeAnswer.To(query).Truncated().Bytes]);
        using var engine = Asking([.. silent.Select(upstream => upstream.Address()), alive.Address()]);
        Assert.Equal([$"{Name}. 1 198.51.100.1"], (await engine.AskAsync(Name, A)).AnswerSet);
        foreach (var upstream in silent)
        {
            await upstream.DisposeAsync();
        }
    }
}
