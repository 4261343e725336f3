using System.Net;
using System.Text;
using Homestack.Collections;
using Homestack.Engine.PublicNames;
using Homestack.Machine;

namespace Homestack.Engine.Tests.PublicNames;

/// <summary>What each provider is asked, in its own documented words, by a server that answers as documented. None of them can be reached from a test.</summary>
public sealed class ProviderTests : IDisposable
{
    private static readonly IPAddress Address = IPAddress.Parse("203.0.113.7");
    private readonly HttpListener server = new();
    private readonly WebQuestion http = new("provider");
    private readonly List<string> asked = [];
    private readonly Uri root;
    private Func<string, (int Status, string Body)> answer = _ => (200, "{}");

    public ProviderTests()
    {
        var port = FreePort();
        root = new($"http://127.0.0.1:{port}/");
        server.Prefixes.Add(root.ToString());
        server.Start();
        _ = AnswerAsync();
    }

    [Fact]
    public async Task Cloudflare_is_asked_for_the_zone_and_then_told()
    {
        answer = line => line.StartsWith("GET /zones?name=home.example.org", StringComparison.Ordinal) ? (200, """{ "result": [] }""")
            : line.StartsWith("GET /zones?name=example.org", StringComparison.Ordinal) ? (200, """{ "result": [{ "id": "z1" }] }""")
            : line.StartsWith("GET /zones/z1/dns_records?type=A&name=home", StringComparison.Ordinal) ? (200, """{ "result": [{ "id": "r1", "content": "203.0.113.1", "proxied": true }] }""")
            : line.StartsWith("GET /zones/z1/dns_records", StringComparison.Ordinal) ? (200, """{ "result": [] }""") : (200, """{ "result": { } }""");

        await new CloudflareDns(http, With("cloudflare", "CF_DNS_API_TOKEN"), root).SetAsync(["home.example.org", "*.home.example.org"], Address, Cancellation);

        Assert.Contains("""PUT /zones/z1/dns_records/r1 Bearer t0ken {"type":"A","name":"home.example.org","content":"203.0.113.7","ttl":60,"proxied":true}""", asked);
        Assert.Contains("""POST /zones/z1/dns_records Bearer t0ken {"type":"A","name":"*.home.example.org","content":"203.0.113.7","ttl":60,"proxied":false}""", asked);
    }

    [Fact]
    public async Task Cloudflare_is_not_told_what_it_knows()
    {
        answer = line => (200, line.Contains("dns_records", StringComparison.Ordinal) ? """{ "result": [{ "id": "r1", "content": "203.0.113.7" }] }""" : """{ "result": [{ "id": "z1" }] }""");
        await new CloudflareDns(http, With("cloudflare", "CF_DNS_API_TOKEN"), root).SetAsync(["home.example.org"], Address, Cancellation);
        Assert.All(asked, line => Assert.StartsWith("GET ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeSec_is_told_of_all_names_at_once()
    {
        await new DeSecDns(http, With("desec", "DESEC_TOKEN"), root).SetAsync(["home.example.org", "*.home.example.org"], IPAddress.Parse("2001:db8::1"), Cancellation);
        Assert.Equal(["""PUT /domains/home.example.org/rrsets/ Token t0ken [{"subname":"","type":"AAAA","ttl":3600,"records":["2001:db8::1"]},{"subname":"*","type":"AAAA","ttl":3600,"records":["2001:db8::1"]}]"""], asked);
    }

    [Fact]
    public async Task Duck_DNS_is_told_and_says_when_it_refuses()
    {
        answer = _ => (200, "OK");
        await new DuckDns(http, With("duckdns", "DUCKDNS_TOKEN"), root).SetAsync(["krynet.duckdns.org", "*.krynet.duckdns.org"], Address, Cancellation);
        Assert.Equal(["GET /update?domains=krynet&token=t0ken&ip=203.0.113.7  "], asked);

        answer = _ => (200, "KO");
        var failure = await Assert.ThrowsAsync<MachineException>(() => new DuckDns(http, With("duckdns", "DUCKDNS_TOKEN"), root).SetAsync(["krynet.duckdns.org"], Address, Cancellation));
        Assert.DoesNotContain("t0ken", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "{}"), InlineData(500, "{}"), InlineData(302, "{}"), InlineData(200, "no JSON"), InlineData(200, """{ "result": [{ "id": "../../user" }] }""")]
    public async Task Trouble_is_said_without_the_key(int status, string body)
    {
        answer = _ => (status, body);
        var failure = await Assert.ThrowsAsync<MachineException>(() => new CloudflareDns(http, With("cloudflare", "CF_DNS_API_TOKEN"), root).SetAsync(["home.example.org"], Address, Cancellation));
        Assert.DoesNotContain("t0ken", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory, InlineData("10.0.0.1"), InlineData("<html>"), InlineData(""), InlineData("1"), InlineData("203.0.113.7 203.0.113.8")]
    public async Task What_is_no_address_of_the_internet_is_not_believed(string text)
    {
        answer = _ => (200, text);
        await Assert.ThrowsAsync<MachineException>(() => AddressQuestion.AskAsync(http, root, Cancellation));
    }

    [Fact]
    public async Task An_address_is_read()
    {
        answer = _ => (200, "203.0.113.7\n");
        Assert.Equal(Address, await AddressQuestion.AskAsync(http, root, Cancellation));
    }

    public void Dispose()
    {
        server.Close();
        http.Dispose();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Credentials With(string provider, string variable) => new(provider, new[] { variable }.ToValueMap(name => name, _ => "t0ken"));

    private async Task AnswerAsync()
    {
        while (server.IsListening)
        {
            try
            {
                var context = await server.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var line = $"{context.Request.HttpMethod} {context.Request.RawUrl} {context.Request.Headers["Authorization"]} {await reader.ReadToEndAsync()}";
                asked.Add(line);
                var (status, body) = answer(line);
                context.Response.StatusCode = status;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint?)socket.LocalEndPoint)?.Port ?? 0;
    }
}
