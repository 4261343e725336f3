namespace Homestack.EndToEnd.Networks;

/// <summary>HTTP/2 case by case, after the list of cases of h2spec 2.6, each written anew from RFC 9113 and RFC 7541.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class Http2SpecTests
{
    private static readonly (string Part, int Count)[] Parts = [("generic", 44), ("http2", 95), ("hpack", 8)];

    private static readonly Http2Case[] Cases = [.. Http2GenericCases.All, .. Http2ProtocolCases.All];

    [Fact]
    public void Every_case_of_h2spec_has_its_counterpart()
    {
        Assert.Equal(147, Cases.Select(one => one.Id).Distinct().Count());
        Assert.Equal(147, Cases.Length);
        Assert.All(Parts, part => Assert.Equal(part.Count, Cases.Count(one => one.Id.StartsWith(part.Part + "/", StringComparison.Ordinal))));
        Assert.All(Cases.GroupBy(one => one.Id[..one.Id.LastIndexOf('/')]), section => Assert.Equal(
            Enumerable.Range(1, section.Count()).Select(number => $"{section.Key}/{number}"), section.Select(one => one.Id)));
    }

    [Fact]
    public async Task Every_case_ends_as_it_must()
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        var wrong = new List<string>();
        foreach (var one in Cases.Append(Http2GenericCases.Kept))
        {
            if (await one.PlayAsync(front) is { } got)
            {
                wrong.Add($"{one.Id} {one.Words}: expected {one.Here ?? one.Expected}, got {got}");
            }
        }

        var others = Cases.Count(one => one.Here is not null);
        Figures.Record("P2", $"{Cases.Length} cases after h2spec's: {Cases.Length - wrong.Count - others} end as they must, {others} in a way that is told, {wrong.Count} otherwise");
        Assert.False(front.HasEnded);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Two_differences_are_told_and_no_more() =>
        Assert.Equal(["hpack/6.1/1", "http2/5.1.1/2"], Cases.Where(one => one.Here is not null).Select(one => one.Id).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("answered 6")]
    [InlineData("connection PROTOCOL")]
    [InlineData("stream STREAM_CLOSED")]
    [InlineData("ping")]
    [InlineData("data 1")]
    public async Task A_wrong_expectation_is_told(string wrong)
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        Assert.Null(await new Http2Case("judge", "a request", "answered 5", Http2Case.Get()).PlayAsync(front));
        Assert.NotNull(await new Http2Case("judge", "a request", wrong, Http2Case.Get()).PlayAsync(front));
    }

    [Theory]
    [InlineData("connection COMPRESSION")]
    [InlineData("stream FRAME_SIZE")]
    [InlineData("answered 5")]
    public async Task Another_reason_than_the_right_one_is_told(string wrong)
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        Assert.Null(await new Http2Case("judge", "an even stream", "connection PROTOCOL", Http2Case.Get(2)).PlayAsync(front));
        Assert.NotNull(await new Http2Case("judge", "an even stream", wrong, Http2Case.Get(2)).PlayAsync(front));
    }
}
