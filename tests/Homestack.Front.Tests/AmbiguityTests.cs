namespace Homestack.Front.Tests;

/// <summary>What could be read in two ways is refused, the connection is closed, and the application hears nothing.</summary>
public sealed class AmbiguityTests : IDisposable
{
    private const string Host = "app.home.test";

    private readonly RawBackend backend = new();

    public static TheoryData<string> Targets => [.. new[]
    {
        "/../a", "/a/..", "/a/../b", "/./a", "/a/.", "/%2e%2e/a", "/%2E./a", "/.%2e/a", "/a/%2e", "/a%2fb", "/a%2Fb", "/a%5cb", "/a%5C..", "/a\\b", "/a%00b", "/a%0ab", "/a%0d%0ab", "/a%7fb", "/a%1fb",
        "/%", "/%2", "/%zz", "/a%2", "/..;x/a", "/a/..;/b", "/.;/a", "/%2e%2e;x=1/a", "/a#b", "/a\u0001b", "/a\u007fb", "/a\u00e9", "/a\"b", "/a<b", "a/b", "*", "http://other.home.test/", "https://other.home.test/",
        "http://app.home.test/", "https://app.home.test:444/", "ftp://app.home.test/", "https://app.home.test@evil/", "https:///", "//..//", "/a//..", "/..", "/.",
    }];

    public static TheoryData<string> Requests => [.. new[]
    {
        "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nX-Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 5, 5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 0x5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nX-A: 1\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\n folded: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : H\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nX-A : 1\r\n\r\n",
        "GET / HTTP/1.1\nHost: H\n\n",
        "GET / HTTP/1.1\r\nHost: H\nX-A: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nX-A: 1\rX-B: 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nX-A: 1\0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nX-\0A: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\n: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nnothing\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nHost: H\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nHost: other.home.test\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H, H\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H.\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: .H\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a@H\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H:x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H:0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H:99999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H/a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: H\r\n\r\n",
        "GET / HTTP/1.1 \r\nHost: H\r\n\r\n",
        "GET / a HTTP/1.1\r\nHost: H\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: H\r\n\r\n",
        "GET / http/1.1\r\nHost: H\r\n\r\n",
        "GET /\r\nHost: H\r\n\r\n",
        "G(T / HTTP/1.1\r\nHost: H\r\n\r\n",
    }];

    public static TheoryData<string> Chunks => [.. new[]
    {
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n5;a\nb\r\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n",
    }];

    public void Dispose() => backend.Dispose();

    [Fact]
    public async Task Targets_with_two_meanings_are_refused()
    {
        await using var front = await StartAsync();
        await AllAsync(Targets.Select(row => $"GET {row.Data} HTTP/1.1\r\nHost: H\r\n\r\n"), front, ["400", "405"]);
    }

    [Fact]
    public async Task Requests_with_two_meanings_are_refused()
    {
        await using var front = await StartAsync();
        await AllAsync(Requests.Select(row => row.Data), front, ["400", "505", "501"]);
    }

    [Fact]
    public async Task Tunnels_and_echoes_are_not_allowed()
    {
        await using var front = await StartAsync();
        await AllAsync(["CONNECT app.home.test:443 HTTP/1.1\r\nHost: app.home.test:443\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: H\r\n\r\n", "TRACK / HTTP/1.1\r\nHost: H\r\n\r\n", "trace / HTTP/1.1\r\nHost: H\r\n\r\n"], front, ["405"]);
    }

    [Theory]
    [InlineData("/a%20b%7E~%41/c;d=1?e=/../%2f%5c&f=%zz")]
    [InlineData("/.well-known/x")]
    [InlineData("/a..b/...")]
    [InlineData("/a//b")]
    [InlineData("/%252e%252e/")]
    [InlineData("/a?")]
    public async Task Plain_targets_reach_the_application_byte_for_byte(string target)
    {
        await using var front = await StartAsync();
        foreach (var (form, host) in new[] { (target, "App.Home.TEST"), ($"https://{Host}{target}", Host) })
        {
            var (answer, _) = await front.RawAsync(Host, $"GET {form} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
            Assert.True(backend.Heads.TryDequeue(out var head));
            Assert.StartsWith($"GET {target} HTTP/1.1\r\n", head, StringComparison.Ordinal);
            Assert.Contains("\r\nHost: app.home.test\r\n", head, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_in_bad_chunks_is_refused_and_never_ends_for_the_application()
    {
        var bytes = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listening = new RawBackend(async (_, stream) => bytes.Enqueue((await FrontUnderTest.ReadAllAsync(stream, TimeSpan.FromSeconds(3))).Answer));
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy(Host, listening.Port));
        await front.LocateAsync(Host, "127.0.0.1");
        foreach (var request in Chunks.Select(row => row.Data.Replace(": H", ": " + Host, StringComparison.Ordinal)))
        {
            var (answer, isClosed) = await front.RawAsync(Host, request);
            Assert.True(isClosed && answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), $"{request} → {answer.Split('\r')[0]}");
        }

        Assert.DoesNotContain(bytes, body => body.Contains("0\r\n\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tab_in_the_request_line_is_written_plainly_for_the_application()
    {
        await using var front = await StartAsync();
        await front.RawAsync(Host, $"GET /a\tHTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");
        Assert.All(backend.Heads, head => Assert.StartsWith("GET /a HTTP/1.1\r\n", head, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("+2")]
    [InlineData("02")]
    public async Task A_length_that_is_written_oddly_is_written_plainly_for_the_application(string length)
    {
        await using var front = await StartAsync();
        await front.RawAsync(Host, $"POST / HTTP/1.1\r\nHost: {Host}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\nok");
        Assert.True(backend.Heads.TryDequeue(out var head));
        Assert.Equal("Content-Length: 2", Assert.Single(head.Split("\r\n"), line => line.StartsWith("Content-Length", StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<FrontUnderTest> StartAsync()
    {
        var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy(Host, backend.Port));
        await front.LocateAsync(Host, "127.0.0.1");
        return front;
    }

    private async Task AllAsync(IEnumerable<string> requests, FrontUnderTest front, string[] statuses)
    {
        var wrong = new List<string>();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (text, _) =>
        {
            var request = text.Replace(": H", ": " + Host, StringComparison.Ordinal).Replace(", H", ", " + Host, StringComparison.Ordinal).Replace(".H\r", "." + Host + "\r", StringComparison.Ordinal).Replace("@H", "@" + Host, StringComparison.Ordinal);
            var (answer, isClosed) = await front.RawAsync(Host, request);
            if (!isClosed || answer.Length < 12 || !statuses.Contains(answer.Substring(9, 3)) || answer.IndexOf("HTTP/1.1 ", 9, StringComparison.Ordinal) >= 0)
            {
                lock (wrong)
                {
                    wrong.Add($"{string.Join("|", backend.Heads).Split("\r\n")[0]} {request.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)} → {(isClosed ? "closed" : "open")} {answer.Split("\r\n")[0]}");
                }
            }
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(backend.Heads);
    }
}
