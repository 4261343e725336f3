using System.Globalization;
using System.Net;
using static Homestack.EndToEnd.Networks.Http2Frames;

namespace Homestack.EndToEnd.Networks;

/// <summary>HTTP/2 as it must not be spoken: each offence ends the connection or the stream, and floods cost little.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class Http2AttackTests
{
    private const byte Whole = EndHeaders | EndStream;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task What_http2_forbids_ends_the_connection_or_the_stream()
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        var wrong = new List<string>();
        foreach (var (name, bytes) in Http2Cases.Forbidden)
        {
            await using var visitor = await ConnectAsync(front);
            await visitor.SendAsync(bytes);
            var verdict = await visitor.VerdictAsync(Patience);

            // The answer to a request that came whole before the offence may be first on the line.
            verdict = verdict == "answered" ? await visitor.VerdictAsync(Patience) : verdict;
            if (verdict is not "closed" && !verdict.StartsWith("goaway", StringComparison.Ordinal) && !verdict.StartsWith("reset", StringComparison.Ordinal))
            {
                wrong.Add($"{name}: {verdict}");
            }
        }

        using var good = front.Visitor();
        Assert.Equal(5, (await good.GetByteArrayAsync(new Uri(front.Url("app")), TestContext.Current.CancellationToken)).Length);
        Figures.Record("P2", $"{Http2Cases.Forbidden.Count} offences beyond the cases of h2spec: {wrong.Count} were let pass");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("rapid reset")]
    [InlineData("continuation")]
    [InlineData("ping")]
    [InlineData("settings")]
    [InlineData("empty data")]
    [InlineData("window")]
    [InlineData("priority")]
    public async Task A_flood_costs_little_and_good_visitors_are_answered(string kind)
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        var calm = await CalmAsync(front);
        await using var good = new GoodVisitors(front, "app", 2, HttpVersion.Version20);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var before = front.Resident;
        var peak = before;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Figures.IsLong ? 60 : 1));
        var floods = Enumerable.Range(0, 4).Select(async _ =>
        {
            var sent = 0L;
            while (!limit.IsCancellationRequested)
            {
                sent += await FloodAsync(front, kind, limit.Token);
            }

            return sent;
        }).ToArray();
        while (!limit.IsCancellationRequested)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            peak = Math.Max(peak, front.Resident);
        }

        var frames = (await Task.WhenAll(floods)).Sum();
        await good.EndAsync();
        Figures.Record("P2", string.Create(CultureInfo.InvariantCulture, $"flood of {kind}: {frames} frames; resident {before:0} → at most {peak:0} MiB; {good.Visits} good visits, {good.Failed} failed, p99 {calm:0.0} ms before and {good.Milliseconds99:0.0} ms beside it: {good.Milliseconds99 / Math.Max(0.1, calm):0.0} times"));
        Assert.False(front.HasEnded);
        Assert.True(frames > 500, $"{frames}");
        Assert.True(peak < before + 200, $"{before} → {peak} MiB");
        Assert.True(good is { Failed: 0, Visits: > 3 }, $"{good.Failed} of {good.Visits}: {good.Words}");
    }

    /// <summary>The p99 of the same visitors with nothing beside them, in milliseconds.</summary>
    private static async Task<double> CalmAsync(FrontAlone front)
    {
        await using var good = new GoodVisitors(front, "app", 2, HttpVersion.Version20);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await good.EndAsync();
        return good.Milliseconds99;
    }

    /// <summary>One connection full of it, until it is cut.</summary>
    private static async Task<long> FloodAsync(FrontAlone front, string kind, CancellationToken cancellationToken)
    {
        var sent = 0L;
        try
        {
            await using var visitor = await ConnectAsync(front);
            if (kind is "empty data")
            {
                await visitor.SendAsync(Frame(Headers, EndHeaders, 1, Request("POST")));
            }
            else if (kind is "continuation")
            {
                await visitor.SendAsync(Frame(Headers, EndStream, 1, Request()));
            }

            for (var id = 1u; id < 1 << 20 && !cancellationToken.IsCancellationRequested; id += 2 * 64)
            {
                byte[] burst = [.. Enumerable.Range(0, 64).SelectMany(number => Piece(kind, id + (2 * (uint)number)))];
                await visitor.SendAsync(burst).WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
                sent += 64;
            }
        }
        catch (Exception cut) when (cut is IOException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The front has had enough, or takes no more.
        }

        return sent;
    }

    private static byte[] Piece(string kind, uint id) => kind switch
    {
        "rapid reset" => [.. Frame(Headers, Whole, id, Request()), .. Frame(Reset, 0, id, Number(8))],
        "continuation" => Frame(Continuation, 0, 1, Fields(($"x-{id}", "value"))),
        "ping" => Frame(Ping, 0, 0, new byte[8]),
        "settings" => Frame(Settings, 0, 0, Setting(4, 65535)),
        "empty data" => Frame(Body, 0, 1),
        "window" => Frame(Window, 0, 0, Number(1)),
        _ => Frame(Priority, 0, id, 0, 0, 0, 0, 1),
    };

    [Fact]
    public async Task A_request_that_means_two_is_refused_and_never_reaches_an_application()
    {
        await using var backends = await RealBackend.StartAsync("nginx");
        await using var front = await FrontAlone.StartAsync(("app", backends.Port));
        var wrong = new List<string>();
        foreach (var (name, bytes) in Http2Cases.Refused)
        {
            await using var visitor = await ConnectAsync(front);
            await visitor.SendAsync(bytes);
            var verdict = await visitor.VerdictAsync(Patience);
            if (verdict == "nothing")
            {
                wrong.Add($"{name}: {verdict}");
            }
        }

        var seen = await backends.EndAsync();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.DoesNotContain(seen, line => line.Contains("evil", StringComparison.Ordinal) || line.Contains("..", StringComparison.Ordinal) || line.Contains("CONNECT", StringComparison.Ordinal));
    }
}
