using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Homestack.Fronts;

namespace Homestack.Front.Tests;

/// <summary>Folders, redirects, and the home's own root.</summary>
public sealed class SiteTests : IDisposable
{
    private const string Host = "site.home.test";

    private readonly string folder = Directory.CreateTempSubdirectory("homestack-site-").FullName;

    public SiteTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "site", "sub"));
        Write("site/index.html", "<h1>index</h1>");
        Write("site/sub/index.html", "sub");
        Write("site/digits.txt", "0123456789");
        Write("site/long.css", new string('a', 10_000));
        Write("site/.secret", "secret");
        Write("outside.txt", "secret");
        File.CreateSymbolicLink(Path.Combine(folder, "site", "out.txt"), "../outside.txt");
        File.CreateSymbolicLink(Path.Combine(folder, "site", "absolute.txt"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(folder, "site", "up"), "..");
        File.CreateSymbolicLink(Path.Combine(folder, "site", "inside.txt"), "digits.txt");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Files_are_served_and_nothing_outside_or_hidden_is()
    {
        await using var front = await StartAsync();
        using var client = front.Client();
        Assert.Equal("<h1>index</h1>", await client.GetStringAsync(front.Url(Host), TestContext.Current.CancellationToken));
        Assert.Equal("sub", await client.GetStringAsync(front.Url(Host, "/sub/"), TestContext.Current.CancellationToken));
        Assert.Equal("0123456789", await client.GetStringAsync(front.Url(Host, "/inside.txt"), TestContext.Current.CancellationToken));
        foreach (var target in new[] { "/out.txt", "/absolute.txt", "/up/outside.txt", "/up/", "/.secret", "/sub/.x", "/missing", "/sub//index.html", "/digits.txt/", "/digits.txt/x" })
        {
            var (answer, _) = await front.RawAsync(Host, $"GET {target} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");
            Assert.True(answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal), $"{target}: {answer.Split('\r')[0]}");
        }

        using var moved = await client.GetAsync(front.Url(Host, "/sub?a=1"), TestContext.Current.CancellationToken);
        Assert.Equal(front.Url(Host, "/sub/?a=1"), moved.Headers.Location?.ToString());
        using var written = await client.PostAsync(front.Url(Host), new StringContent("x"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, written.StatusCode);
    }

    [Theory]
    [InlineData("bytes=2-4", 206, "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=5-100", 206, "56789", "bytes 5-9/10")]
    [InlineData("bytes=-100", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=10-", 416, null, "bytes */10")]
    [InlineData("bytes=4-2", 200, "0123456789", null)]
    [InlineData("bytes=0-1,3-4", 200, "0123456789", null)]
    [InlineData("lines=0-1", 200, "0123456789", null)]
    [InlineData("bytes=-", 200, "0123456789", null)]
    public async Task A_part_of_a_file_is_sent(string range, int status, string? body, string? part)
    {
        await using var front = await StartAsync();
        using var client = front.Client();
        using var ask = new HttpRequestMessage(HttpMethod.Get, front.Url(Host, "/digits.txt"));
        ask.Headers.TryAddWithoutValidation("Range", range);
        using var answer = await client.SendAsync(ask, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(part, answer.Content.Headers.ContentRange?.ToString());
        if (body is not null)
        {
            Assert.Equal(body, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task What_a_browser_has_is_not_sent_again()
    {
        await using var front = await StartAsync();
        using var client = front.Client();
        using var first = await client.GetAsync(front.Url(Host, "/digits.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, await AskAsync(ask => ask.IfNoneMatch.Add(first.Headers.ETag ?? EntityTagHeaderValue.Any)));
        Assert.Equal(HttpStatusCode.NotModified, await AskAsync(ask => ask.IfModifiedSince = first.Content.Headers.LastModified));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await AskAsync(ask => ask.IfMatch.Add(new("\"other\""))));
        Write("site/digits.txt", "9876543210x");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(ask => ask.IfNoneMatch.Add(first.Headers.ETag ?? EntityTagHeaderValue.Any)));

        async Task<HttpStatusCode> AskAsync(Action<HttpRequestHeaders> condition)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, front.Url(Host, "/digits.txt"));
            condition(ask.Headers);
            using var answer = await client.SendAsync(ask, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", "")]
    public async Task Text_is_packed_when_asked(string accepted, string coding)
    {
        await using var front = await StartAsync();
        using var client = front.Client();
        using var ask = new HttpRequestMessage(HttpMethod.Get, front.Url(Host, "/long.css"));
        ask.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await client.SendAsync(ask, TestContext.Current.CancellationToken);
        Assert.Equal(coding, string.Join(",", answer.Content.Headers.ContentEncoding));
        var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var plain = coding switch { "gzip" => new GZipStream(body, CompressionMode.Decompress), "br" => new BrotliStream(body, CompressionMode.Decompress), _ => body };
        using var reader = new StreamReader(plain);
        Assert.Equal(10_000, (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Plain_http_sends_to_https_and_keeps_path_and_query()
    {
        await using var front = await StartAsync();
        using var client = front.Client();
        using var answer = await client.GetAsync(front.PlainUrl(Host, "/a%20b?c=d"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal($"https://{Host}:{front.HttpsPort}/a%20b?c=d", answer.Headers.Location?.OriginalString);
        using var acme = await client.GetAsync(front.PlainUrl(Host, "/.well-known/acme-challenge/x"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, acme.StatusCode);
    }

    [Fact]
    public async Task A_redirect_keeps_the_path_and_a_proxy_hears_its_own_name()
    {
        using var backend = new RawBackend();
        await using var front = await FrontUnderTest.StartAsync(
            new FrontRoute { Name = "old", Hosts = ["old.home.test"], Zones = ["lan"], Redirect = "https://new.example.org/base/" },
            new FrontRoute { Name = "nas", Hosts = ["nas.home.test"], Zones = ["lan"], Proxy = $"http://localhost:{backend.Port}/base" });
        using var client = front.Client();
        using var moved = await client.GetAsync(front.Url("old.home.test", "/a?b=c"), TestContext.Current.CancellationToken);
        Assert.Equal("https://new.example.org/base/a?b=c", moved.Headers.Location?.OriginalString);
        Assert.Equal("hello", await client.GetStringAsync(front.Url("nas.home.test", "/x"), TestContext.Current.CancellationToken));
        Assert.True(backend.Heads.TryDequeue(out var head));
        Assert.StartsWith("GET /base/x HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains($"\r\nHost: localhost:{backend.Port}\r\n", head, StringComparison.Ordinal);
        Assert.Contains($"\r\nX-Forwarded-Host: nas.home.test:{front.HttpsPort}\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_certificate_is_offered_at_home_only()
    {
        await using var front = await StartAsync();
        using var client = front.Client();
        foreach (var url in new[] { front.PlainUrl("ca.home.test", "/root.crt"), front.Url("ca.home.test", "/root.crt") })
        {
            using var answer = await client.GetAsync(url, TestContext.Current.CancellationToken);
            Assert.Equal("application/x-x509-ca-cert", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal(front.Authority.Der, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        Assert.Contains("/root.crt", await client.GetStringAsync(front.PlainUrl("ca.home.test"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var stranger = front.Client(FrontUnderTest.Public);
        using var refused = await stranger.GetAsync(front.PlainUrl("ca.home.test", "/root.crt"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Browsers_are_told_to_insist_on_https_unless_the_root_is_the_homes_own()
    {
        await using var front = await StartAsync();
        using var client = front.Client();
        using var own = await client.GetAsync(front.Url(Host), TestContext.Current.CancellationToken);
        Assert.False(own.Headers.Contains("Strict-Transport-Security"));
        var elsewhere = new TestAuthority("Another root");
        await front.TakenAsync(CertificatesSnapshot.Slot, new CertificatesSnapshot([elsewhere.Issue("*.home.test")], front.Authority.Pem));
        using var after = await client.GetAsync(front.Url(Host), TestContext.Current.CancellationToken);
        Assert.Equal("max-age=31536000", after.Headers.GetValues("Strict-Transport-Security").Single());
    }

    private void Write(string path, string text) => File.WriteAllText(Path.Combine(folder, path), text);

    private Task<FrontUnderTest> StartAsync() =>
        FrontUnderTest.StartAsync(new FrontRoute { Name = "site", Hosts = [Host], Zones = ["lan"], Folder = Path.Combine(folder, "site") });
}
