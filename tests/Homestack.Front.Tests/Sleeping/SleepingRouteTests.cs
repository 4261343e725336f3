using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Homestack.Blueprints;
using Homestack.Fronts;
using Homestack.Primitives;
using static Homestack.Front.Tests.FrontUnderTest;

namespace Homestack.Front.Tests.Sleeping;

/// <summary>A route whose service sleeps: who comes is held, the engine hears of it, and the request goes on as soon as somebody takes it.</summary>
public sealed class SleepingRouteTests
{
    private const string Host = "photos.home.test", Service = "test/" + Host;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_at_once_are_held_and_handed_on_when_a_destination_appears()
    {
        using var backend = new RawBackend();
        await using var front = await StartAsync(Sleeping(backend.Port));
        using var client = front.Client();
        var before = await front.VisitsAsync();
        var news = front.VisitsAsync(before.Number, wait: 30_000);
        var asked = Enumerable.Range(0, 20).Select(number => number % 2 == 0 ? client.GetStringAsync(front.Url(Host, $"/{number}"), Cancellation) : PostAsync(client, front.Url(Host, $"/{number}"))).ToArray();

        // The engine's question is answered by the first of them, and says what it wants.
        var told = Assert.Single((await news.WaitAsync(TimeSpan.FromSeconds(5), Cancellation)).Services);
        Assert.Equal((Service, true), (told.Service, told.IsWanted));
        await front.UntilAsync(visits => visits.Open == 20);
        Assert.DoesNotContain(asked, request => request.IsCompleted);
        Assert.Empty(backend.Heads);

        await front.LocateAsync(Host, "127.0.0.1");
        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal("hello", answer));
        Assert.Equal(20, backend.Heads.Count);
        var after = Assert.Single((await front.VisitsAsync()).Services);
        Assert.Equal((0, false), (after.Open, after.IsWanted));
    }

    [Fact]
    public async Task An_application_that_takes_its_time_after_its_container_runs_is_waited_for()
    {
        var port = FreePort();
        await using var front = await StartAsync(Sleeping(port));
        using var client = front.Client();
        var asked = client.GetStringAsync(front.Url(Host), Cancellation);
        await front.UntilAsync(visits => visits.IsWanted);
        await front.LocateAsync(Host, "127.0.0.1");
        await Task.Delay(600, Cancellation);
        Assert.False(asked.IsCompleted);

        using var backend = new TcpListener(IPAddress.Loopback, port);
        backend.Start();
        _ = AnswerAsync(backend);
        Assert.Equal("hello", await asked);
    }

    [Fact]
    public async Task Who_went_away_beneath_a_visitor_is_waited_for_again()
    {
        using var first = new RawBackend();
        var port = first.Port;
        await using var front = await StartAsync(Sleeping(port));
        using var client = front.Client();
        await front.LocateAsync(Host, "127.0.0.1");
        Assert.Equal("hello", await client.GetStringAsync(front.Url(Host), Cancellation));

        // Gone, and the front does not know yet: the request is neither lost nor answered by an error.
        first.Dispose();
        await Task.Delay(200, Cancellation);
        var asked = PostAsync(client, front.Url(Host));
        await Task.Delay(500, Cancellation);
        Assert.False(asked.IsCompleted);
        await front.LocateAsync(Host);
        await front.UntilAsync(visits => visits.IsWanted);

        using var backend = new TcpListener(IPAddress.Loopback, port);
        backend.Start();
        _ = AnswerAsync(backend);
        await front.LocateAsync(Host, "127.0.0.1");
        Assert.Equal("hello", await asked);
    }

    [Fact]
    public async Task A_browser_gets_a_page_that_looks_again_by_itself()
    {
        await using var front = await StartAsync(Sleeping(FreePort()));
        using var client = front.Client();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        var began = TimeProvider.System.GetTimestamp();
        using var answer = await client.GetAsync(front.Url(Host), Cancellation);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 3.5, 8);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (answer.StatusCode, Assert.Single(answer.Headers.GetValues("Retry-After"))));
        Assert.Contains($"<h1>{Host} is waking up</h1>", page, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\" content=\"5\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);

        // Between two looks it is still wished for.
        Assert.True(Assert.Single((await front.VisitsAsync()).Services).IsWanted);
    }

    [Fact]
    public async Task Who_may_not_visit_wakes_nobody()
    {
        var limited = Sleeping(FreePort()) with { Limits = new RouteLimits { Requests = new RequestRate(1, TimeSpan.FromHours(1)), Body = new(10) }, Zones = ["lan"] };
        await using var front = await StartAsync(limited, Sleeping(FreePort(), "busy.home.test") with { IsInMaintenance = true });
        using var outside = front.Client(Public);
        using var inside = front.Client();
        await Assert.ThrowsAsync<HttpRequestException>(() => outside.GetAsync(front.Url(Host), Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, (await outside.GetAsync(front.PlainUrl(Host), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.PermanentRedirect, (await inside.GetAsync(front.PlainUrl("busy.home.test"), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await inside.GetAsync(front.Url("busy.home.test"), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await inside.PostAsync(front.Url(Host), new ByteArrayContent(new byte[11]), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await inside.GetAsync(front.Url(Host), Cancellation)).StatusCode);
        Assert.All((await front.VisitsAsync()).Services, visits => Assert.Equal((false, 0), (visits.IsWanted, visits.Open)));
    }

    [Fact]
    public async Task A_zone_that_is_taken_away_while_somebody_waits_hands_nothing_on()
    {
        using var backend = new RawBackend();
        await using var front = await StartAsync(Sleeping(backend.Port));
        using var client = front.Client();
        var asked = client.GetAsync(front.Url(Host), Cancellation);
        await front.UntilAsync(visits => visits.IsWanted);
        await front.GiveAsync(Sleeping(backend.Port) with { Zones = ["vpn"] });
        await front.LocateAsync(Host, "127.0.0.1");
        Assert.Equal(HttpStatusCode.NotFound, (await asked).StatusCode);
        Assert.Empty(backend.Heads);
    }

    [Fact]
    public async Task A_visitor_who_goes_away_is_not_counted_any_more()
    {
        await using var front = await StartAsync(Sleeping(FreePort()));
        using var client = front.Client();
        using var end = new CancellationTokenSource();
        var asked = client.GetAsync(front.Url(Host), end.Token);
        await front.UntilAsync(visits => visits.Open == 1);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await front.UntilAsync(visits => visits.Open == 0);
    }

    [Fact]
    public async Task A_stream_counts_as_long_as_it_is_open_and_idle_time_begins_at_its_end()
    {
        var release = new TaskCompletionSource();
        using var backend = new RawBackend(async (_, stream) =>
        {
            await RawBackend.Send(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            await release.Task;
            await RawBackend.Send(stream, "hello");
        });
        await using var front = await StartAsync(Sleeping(backend.Port));
        await front.LocateAsync(Host, "127.0.0.1");
        using var client = front.Client();
        using var answer = await client.GetAsync(front.Url(Host), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await Task.Delay(300, Cancellation);
        var during = Assert.Single((await front.VisitsAsync()).Services);
        Assert.Equal((1, 0L), (during.Open, during.Idle));
        release.SetResult();
        Assert.Equal("hellohello", await answer.Content.ReadAsStringAsync(Cancellation));
        await front.UntilAsync(visits => visits.Open == 0);
        await Task.Delay(300, Cancellation);
        Assert.InRange(Assert.Single((await front.VisitsAsync()).Services).Idle, 200, 5000);
    }

    [Fact]
    public async Task A_websocket_counts_until_it_is_closed()
    {
        using var backend = new RawBackend((_, stream) => RawBackend.Send(stream, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
        await using var front = await StartAsync(Sleeping(backend.Port));
        await front.LocateAsync(Host, "127.0.0.1");
        await using (var tls = await front.TlsAsync(Host))
        {
            await tls.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                $"GET / HTTP/1.1\r\nHost: {Host}:{front.HttpsPort}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), Cancellation);
            var room = new byte[1024];
            Assert.StartsWith("HTTP/1.1 101", System.Text.Encoding.ASCII.GetString(room, 0, await tls.ReadAsync(room, Cancellation)), StringComparison.Ordinal);
            await Task.Delay(300, Cancellation);
            Assert.Equal((1, 0L), Assert.Single((await front.VisitsAsync()).Services) is var open ? (open.Open, open.Idle) : default);
        }

        await front.UntilAsync(visits => visits.Open == 0);
    }

    [Fact]
    public async Task A_new_snapshot_forgets_no_visit_and_who_no_longer_sleeps_is_not_counted()
    {
        await using var front = await StartAsync(Sleeping(FreePort()));
        await Task.Delay(300, Cancellation);
        await front.GiveAsync(Sleeping(FreePort()));
        Assert.InRange(Assert.Single((await front.VisitsAsync()).Services).Idle, 250, 10_000);
        await front.GiveAsync(Sleeping(FreePort()) with { Sleeps = false });
        Assert.Empty((await front.VisitsAsync()).Services);
        using var client = front.Client();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(front.Url(Host), Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("/visits")]
    [InlineData("/visits?after=x&wait=1")]
    [InlineData("/visits?after=1&wait=30001")]
    [InlineData("/visits?after=1&wait=-1")]
    public async Task A_question_without_bounds_is_refused(string target)
    {
        await using var front = await StartAsync(Sleeping(FreePort()));
        using var control = front.Control();
        Assert.Equal(HttpStatusCode.BadRequest, (await control.GetAsync($"http://front{target}", Cancellation)).StatusCode);
    }

    private static FrontRoute Sleeping(int port, string host = Host) => Proxy(host, port) with { Sleeps = true };

    private static async Task<string> PostAsync(HttpClient client, string url)
    {
        using var answer = await client.PostAsync(url, new StringContent("a body"), Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    /// <summary>One answer each, whatever is asked.</summary>
    private static async Task AnswerAsync(TcpListener listener)
    {
        var open = new ConcurrentBag<TcpClient>();
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(Cancellation);
            open.Add(client);
            _ = Task.Run(async () =>
            {
                var stream = client.GetStream();
                while (await stream.ReadAsync(new byte[4096], Cancellation) > 0)
                {
                    await RawBackend.Send(stream, RawBackend.Hello);
                }
            }, Cancellation);
        }
    }
}
