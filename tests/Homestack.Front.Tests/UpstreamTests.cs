using System.Globalization;
using System.Net;

namespace Homestack.Front.Tests;

/// <summary>What an application says is read in one way or not at all, and one visitor never gets another's answer.</summary>
public sealed class UpstreamTests
{
    private const string Host = "app.home.test";

    public static TheoryData<string> NoAnswers => [.. new[]
    {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: 1\r\n folded: 2\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: 1\r\n\tfolded\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n X-A: 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A : 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nnothing\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: 1\0\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: 1\rX-Evil: 2\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: 1\nX-Evil: 2\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: 1\u007f\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\n\r\n",
        "HTTP/1.1 200 O\u0001K\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 20\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2 200 OK\r\nContent-Length: 0\r\n\r\n",
        "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: " + new string('a', 70_000) + "\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, 300).Select(number => $"X-{number}: 1\r\n")) + "\r\n",
        string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 20)) + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    }];

    public static TheoryData<string> BadBodies => [.. new[] { "zz\r\nhello\r\n0\r\n\r\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhelloX0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFFF\r\nhello\r\n", "5;a\nb\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\nbad\r\n\r\n", "5\r\nhello\r\n0\r\nX: 1\n\n", "\r\n" }];

    [Fact]
    public async Task What_is_no_answer_is_told_as_502_and_the_connection_is_not_used_again()
    {
        var wrong = new List<string>();
        foreach (var bytes in NoAnswers.Select(row => row.Data))
        {
            using var backend = new RawBackend((head, stream) => RawBackend.Send(stream, head.StartsWith("GET /good", StringComparison.Ordinal) ? RawBackend.Hello : bytes));
            await using var front = await StartAsync(backend);
            var (answer, _) = await front.RawAsync(Host, $"GET /bad HTTP/1.1\r\nHost: {Host}\r\n\r\nGET /good HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");
            if (!answer.StartsWith("HTTP/1.1 502", StringComparison.Ordinal) || !answer.EndsWith("\r\n\r\nhello", StringComparison.Ordinal) || answer.Contains("Evil", StringComparison.Ordinal))
            {
                wrong.Add($"{Visible(bytes)} → {Visible(answer)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_body_in_bad_chunks_breaks_off_for_the_visitor_too()
    {
        foreach (var chunks in BadBodies.Select(row => row.Data))
        {
            using var backend = new RawBackend((_, stream) => RawBackend.Send(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks));
            await using var front = await StartAsync(backend);
            foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
            {
                using var client = front.Client();
                await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync(front, client, version));
            }
        }
    }

    [Fact]
    public async Task Bytes_behind_an_answer_are_nobodys_answer()
    {
        var connections = 0;
        using var backend = new RawBackend(async (_, stream) =>
        {
            var number = Interlocked.Increment(ref connections);
            await RawBackend.Send(stream, RawBackend.Hello + (number % 3 == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil" : ""));
            if (number % 3 == 2)
            {
                await Task.Delay(10);
                await RawBackend.Send(stream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            }
        });
        await using var front = await StartAsync(backend);
        using var client = front.Client();
        for (var turn = 0; turn < 60; turn++)
        {
            Assert.Equal("hello", await client.GetStringAsync(front.Url(Host), TestContext.Current.CancellationToken));
            // Bytes that come only after the next question was sent cannot be told from its answer, by anybody.
            await Task.Delay(turn % 3 == 1 ? 60 : 0, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_connection_that_the_application_ended_while_it_rested_costs_no_request()
    {
        using var backend = new RawBackend(async (_, stream) =>
        {
            await RawBackend.Send(stream, RawBackend.Hello);
            stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Both);
        });
        await using var front = await StartAsync(backend);
        using var client = front.Client();
        for (var turn = 0; turn < 100; turn++)
        {
            // Just before, just after, and in the middle of its end.
            Assert.Equal("hello", await client.GetStringAsync(front.Url(Host), TestContext.Current.CancellationToken));
            await Task.Delay(turn % 4, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_request_that_must_not_be_sent_twice_is_not()
    {
        using var backend = new RawBackend((_, stream) =>
        {
            stream.Socket.Close(0);
            return Task.CompletedTask;
        });
        await using var front = await StartAsync(backend);
        using var client = front.Client();
        using var answer = await client.PostAsync(front.Url(Host), new StringContent("ok"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Single(backend.Heads);
    }

    [Theory]
    [InlineData("GET", "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", 200, "hello")]
    [InlineData("GET", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\ncontent-LENGTH:\t 5 \r\nX-Empty:\r\n\r\nhello", 200, "hello")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5;ext=\"1\"\r\nhello\r\nA\r\n, my world\r\n000\r\n\r\n", 200, "hello, my world")]
    [InlineData("GET", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n", 204, "")]
    [InlineData("GET", "HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n", 205, "")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\nETag: \"a\"\r\n\r\n", 304, "")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", 200, "")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, "")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, "")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, "")]
    [InlineData("OPTIONS", "HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\nok", 999, "ok")]
    public async Task Every_plain_answer_arrives_as_it_is(string method, string bytes, int status, string body)
    {
        using var backend = new RawBackend((_, stream) => RawBackend.Send(stream, bytes));
        await using var front = await StartAsync(backend);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var client = front.Client();
            for (var turn = 0; turn < 3; turn++)
            {
                using var answer = await AskAsync(front, client, version, method);
                Assert.Equal(status, (int)answer.StatusCode);
                Assert.Equal(body, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }
        }
    }

    [Fact]
    public async Task A_body_that_ends_with_the_connection_and_fields_behind_a_body_arrive()
    {
        using var backend = new RawBackend(async (head, stream) =>
        {
            if (head.StartsWith("GET /end", StringComparison.Ordinal))
            {
                await RawBackend.Send(stream, "HTTP/1.1 200 OK\r\n\r\nuntil ");
                await Task.Delay(20);
                await RawBackend.Send(stream, "the end");
                stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Both);
                return;
            }

            await RawBackend.Send(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhel");
            await Task.Delay(20);
            await RawBackend.Send(stream, "lo\r\n0\r\nX-Sum: 42\r\nContent-Type: text/evil\r\nTransfer-Encoding: evil\r\n\r\n");
        });
        await using var front = await StartAsync(backend);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var client = front.Client();
            using var end = await AskAsync(front, client, version, "GET", "/end");
            Assert.Equal("until the end", await end.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            using var trailed = await AskAsync(front, client, version);
            Assert.Equal("hello", await trailed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            // Over HTTP/1.1 the listener has no way to say them, and they may be dropped (RFC 9110 §6.5).
            Assert.Equal(version == HttpVersion.Version20 ? ["X-Sum"] : [], trailed.TrailingHeaders.Select(trailer => trailer.Key), StringComparer.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task An_answer_that_does_not_wait_for_the_body_arrives()
    {
        using var backend = new RawBackend(async (_, stream) =>
        {
            await RawBackend.Send(stream, "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
            stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            await Task.Delay(500);
        });
        await using var front = await StartAsync(backend);
        var (answer, isClosed) = await front.RawAsync(Host, string.Create(CultureInfo.InvariantCulture, $"POST / HTTP/1.1\r\nHost: {Host}\r\nContent-Length: {1 << 30}\r\nConnection: close\r\n\r\n{new string('a', 100_000)}"));
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.EndsWith("big", answer, StringComparison.Ordinal);
        Assert.True(isClosed || answer.Length > 0);
    }

    private static string Visible(string text) => text[..Math.Min(text.Length, 120)].Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> AskAsync(FrontUnderTest front, HttpClient client, Version version, string method = "GET", string target = "/")
    {
        using var ask = new HttpRequestMessage(new(method), front.Url(Host, target)) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        return await client.SendAsync(ask, TestContext.Current.CancellationToken);
    }

    private static async Task<FrontUnderTest> StartAsync(RawBackend backend)
    {
        var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy(Host, backend.Port));
        await front.LocateAsync(Host, "127.0.0.1");
        return front;
    }
}
