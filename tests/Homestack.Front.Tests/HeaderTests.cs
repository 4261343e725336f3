using System.Text;

namespace Homestack.Front.Tests;

/// <summary>Who somebody is, and where from, is said to applications by the front alone.</summary>
public sealed class HeaderTests : IDisposable
{
    private const string Host = "app.home.test", Forged = "forged-by-visitor";

    private static readonly string[] Reserved =
    [
        "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-Prefix", "Forwarded", "X-Real-IP", "X-Original-URL",
        "X-Original-Host", "X-Rewrite-URL", "X-Homestack-User", "X-Homestack-Groups", "Remote-User", "Remote-Groups", "Remote-Name", "Remote-Email", "X-Remote-User", "X-Auth-Request-User", "X-Auth-User",
        "X-WebAuth-User", "Proxy", "Proxy-Authorization", "Proxy-Connection", "X-Authentik-Username", "True-Client-IP", "CF-Connecting-IP", "X-Client-IP",
    ];

    private readonly RawBackend backend = new();

    public void Dispose() => backend.Dispose();

    public static IEnumerable<string> Spellings(string name) => new[]
    {
        name, name.ToLowerInvariant(), name.ToUpperInvariant(), name.Replace('-', '_'), name.Replace('-', '.'), name.ToUpperInvariant().Replace('-', '_'), Odd(name), Odd(name.Replace('-', '_')),
        name.Replace("-", "__", StringComparison.Ordinal), name.Replace("-", "-_", StringComparison.Ordinal) is var mixed ? mixed[..^1] + mixed[^1] : "", "HTTP_" + name.ToUpperInvariant().Replace('-', '_'), name + "_", "_" + name, name.Replace('-', '~'),
    }.Where(spelling => spelling.Any(letter => !char.IsAsciiLetter(letter)) || spelling.Length > 0).Distinct();

    [Fact]
    public async Task No_spelling_of_a_reserved_header_reaches_an_application()
    {
        await using var front = await StartAsync();
        var spellings = Reserved.SelectMany(Spellings).Distinct().ToArray();
        Assert.True(spellings.Length >= 200, $"{spellings.Length}");
        foreach (var batch in spellings.Chunk(60))
        {
            var request = $"GET / HTTP/1.1\r\nHost: {Host}\r\n" + string.Concat(batch.Select(name => $"{name}: {Forged}\r\n{name}: {Forged}2\r\n").Take(45)) + "Connection: close\r\n\r\n";
            var (answer, _) = await front.RawAsync(Host, request);
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        }

        foreach (var batch in spellings.Chunk(45))
        {
            var (answer, _) = await front.RawAsync(Host, $"GET / HTTP/1.1\r\nHost: {Host}\r\n" + string.Concat(batch.Select(name => $"{name}: {Forged}\r\n")) + "Connection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        }

        Assert.NotEmpty(backend.Heads);
        foreach (var head in backend.Heads)
        {
            Assert.DoesNotContain(Forged, head, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(["Host: app.home.test", "X-Forwarded-For: 127.0.0.2", "X-Forwarded-Host: app.home.test", "X-Forwarded-Proto: https", "X-Real-IP: 127.0.0.2"], head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task What_an_application_needs_passes_and_what_belongs_to_the_connection_does_not()
    {
        await using var front = await StartAsync();
        await front.RawAsync(Host, $"POST /x HTTP/1.1\r\nHost: {Host}\r\nCookie: a=1; b=2\r\nAuthorization: Basic eA==\r\nX-Custom: yes\r\nAccept-Language: ro\r\nContent-Type: text/plain\r\nContent-Language: ro\r\nContent-Length: 2\r\n"
            + "Connection: close, X-Hop, Keep-Alive\r\nX-Hop: no\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\nTrailer: X-Late\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nExpect: 100-continue\r\n\r\nok");
        Assert.True(backend.Heads.TryDequeue(out var head));
        foreach (var passes in new[] { "Cookie: a=1; b=2", "Authorization: Basic eA==", "X-Custom: yes", "Accept-Language: ro", "Content-Type: text/plain", "Content-Language: ro", "Content-Length: 2" })
        {
            Assert.Contains($"\r\n{passes}\r\n", head, StringComparison.Ordinal);
        }

        foreach (var stays in new[] { "X-Hop", "Keep-Alive", "\r\nTE:", "Trailer", "Upgrade", "HTTP2-Settings", "Expect" })
        {
            Assert.DoesNotContain(stays, head, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Trailers_of_a_visitor_are_dropped()
    {
        await using var front = await StartAsync();
        await front.RawAsync(Host, $"POST / HTTP/1.1\r\nHost: {Host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nok\r\n0\r\nX-Real-IP: {Forged}\r\nRemote-User: {Forged}\r\n\r\n");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.NotEmpty(backend.Heads);
        Assert.DoesNotContain(backend.Heads, head => head.Contains(Forged, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_above_ascii_in_headers_stay_as_they_are()
    {
        await using var front = await StartAsync();
        await front.RawAsync(Host, $"GET / HTTP/1.1\r\nHost: {Host}\r\nX-Name: Ștefan {Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("Ș"))}\r\nConnection: close\r\n\r\n".Replace("Ștefan", "", StringComparison.Ordinal));
        Assert.True(backend.Heads.TryDequeue(out var head));
        Assert.Contains(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("Ș")), head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_are_too_large_or_too_many_are_refused()
    {
        await using var front = await StartAsync();
        var (large, isLargeClosed) = await front.RawAsync(Host, $"GET / HTTP/1.1\r\nHost: {Host}\r\nX-A: {new string('a', 40_000)}\r\n\r\n");
        var (many, isManyClosed) = await front.RawAsync(Host, $"GET / HTTP/1.1\r\nHost: {Host}\r\n{string.Concat(Enumerable.Range(0, 120).Select(number => $"X-{number}: 1\r\n"))}\r\n");
        Assert.StartsWith("HTTP/1.1 431", large, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", many, StringComparison.Ordinal);
        Assert.True(isLargeClosed && isManyClosed);
        Assert.Empty(backend.Heads);
    }

    private static string Odd(string name) => string.Concat(name.Select((letter, index) => index % 2 == 0 ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));

    private async Task<FrontUnderTest> StartAsync()
    {
        var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy(Host, backend.Port));
        await front.LocateAsync(Host, "127.0.0.1");
        return front;
    }
}
