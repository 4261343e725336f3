using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Homestack.Fronts;

namespace Homestack.Front.Tests;

/// <summary>Questions over TLS and HTTPS, from the zones that may ask so and from no other: RFC 7858, RFC 8484.</summary>
public sealed class EncryptedNamesTests
{
    private const string Host = "dns.home.test";

    private readonly int port = FrontUnderTest.FreePort(), tlsPort = FrontUnderTest.FreePort();

    [Fact]
    public async Task Over_TLS_questions_of_one_connection_are_answered_and_only_where_it_is_open()
    {
        await using var front = await StartAsync();
        await using var tls = await ConnectAsync(tlsPort, FrontUnderTest.Lan, Host);
        for (var count = 0; count < 3; count++)
        {
            var query = Query("nas.home.test");
            await tls.WriteAsync((byte[])[0, (byte)query.Length, .. query], TestContext.Current.CancellationToken);
            var head = new byte[2];
            await tls.ReadExactlyAsync(head, TestContext.Current.CancellationToken);
            var answer = new byte[(head[0] << 8) | head[1]];
            await tls.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
            Assert.Equal("10.0.0.1", Address(answer));
        }

        // Many clients send no name.
        await using var nameless = await ConnectAsync(tlsPort, FrontUnderTest.Lan, "");
        foreach (var from in new[] { FrontUnderTest.Vpn, FrontUnderTest.Public })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(tlsPort, from, Host));
        }
    }

    [Fact]
    public async Task Over_HTTPS_both_methods_are_answered_and_what_is_wrong_is_refused()
    {
        await using var front = await StartAsync();
        var query = Query("nas.home.test");
        var get = "/dns-query?dns=" + System.Buffers.Text.Base64Url.EncodeToString(query);
        Assert.Equal("10.0.0.1", Address((await SendAsync(front, Request("GET", get), FrontUnderTest.Lan)).Body));
        var (status, headers, body) = await SendAsync(front, Request("POST", "/dns-query", query), FrontUnderTest.Lan);
        Assert.Equal((200, "10.0.0.1"), (status, Address(body)));
        Assert.Contains("Content-Type: application/dns-message", headers, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(400, (await SendAsync(front, Request("GET", "/dns-query"), FrontUnderTest.Lan)).Status);
        Assert.Equal(400, (await SendAsync(front, Request("GET", "/dns-query?dns=***"), FrontUnderTest.Lan)).Status);
        Assert.Equal(400, (await SendAsync(front, Request("GET", "/dns-query?dns=AAAA"), FrontUnderTest.Lan)).Status);
        Assert.Equal(404, (await SendAsync(front, Request("GET", "/"), FrontUnderTest.Lan)).Status);
        Assert.Equal(405, (await SendAsync(front, Request("PUT", "/dns-query", query), FrontUnderTest.Lan)).Status);
        Assert.Equal(413, (await SendAsync(front, Request("POST", "/dns-query", new byte[4097]), FrontUnderTest.Lan)).Status);
        Assert.Equal(415, (await SendAsync(front, Request("POST", "/dns-query", query, "text/plain"), FrontUnderTest.Lan)).Status);
        foreach (var from in new[] { FrontUnderTest.Vpn, FrontUnderTest.Public })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(front, Request("GET", get), from));
        }
    }

    [Fact]
    public async Task Dig_asks_over_TLS_and_curl_over_HTTP_2()
    {
        await using var front = await StartAsync();
        Assert.Equal("10.0.0.1", (await RunAsync("dig", "@127.0.0.1", "-b", FrontUnderTest.Lan, "-p", $"{tlsPort}", "+tls", "+short", "+tries=1", "+time=5", "nas.home.test", "A")).Trim());
        var question = Path.Combine(front.Folder, "question");
        await File.WriteAllBytesAsync(question, Query("nas.home.test"), TestContext.Current.CancellationToken);
        var answer = Path.Combine(front.Folder, "answer");
        var said = await RunAsync("curl", "-sk", "--http2", "--interface", FrontUnderTest.Lan, "--resolve", $"{Host}:{front.HttpsPort}:127.0.0.1", "-H", "Content-Type: application/dns-message",
            "--data-binary", "@" + question, "-o", answer, "-w", "%{http_version} %{http_code} %{content_type}", $"https://{Host}:{front.HttpsPort}/dns-query");
        Assert.Equal("2 200 application/dns-message", said);
        Assert.Equal("10.0.0.1", Address(await File.ReadAllBytesAsync(answer, TestContext.Current.CancellationToken)));
    }

    private static async Task<string> RunAsync(string program, params string[] words)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, words) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    private Task<FrontUnderTest> StartAsync() => FrontUnderTest.StartNamesAsync(Host, port, tlsPort, new NameRecord("nas.home.test", "A", "10.0.0.1", 60, []));

    private static byte[] Query(string name) => [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))), 0, 0, 1, 0, 1];

    private static string Address(byte[] answer) => new IPAddress(answer[^4..]).ToString();

    private static byte[] Request(string method, string target, byte[]? body = null, string type = "application/dns-message") =>
        [.. Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n{(body is null ? "" : $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n")}\r\n"), .. body ?? []];

    private static async Task<(int Status, string Headers, byte[] Body)> SendAsync(FrontUnderTest front, byte[] request, string from)
    {
        await using var tls = await ConnectAsync(front.HttpsPort, from, Host);
        await tls.WriteAsync(request, TestContext.Current.CancellationToken);
        using var answer = new MemoryStream();
        await tls.CopyToAsync(answer, TestContext.Current.CancellationToken);
        var bytes = answer.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var headers = Encoding.ASCII.GetString(bytes, 0, end);
        return (int.Parse(headers.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), headers, bytes[(end + 4)..]);
    }

    private static async Task<SslStream> ConnectAsync(int port, string from, string name)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, EnabledSslProtocols = SslProtocols.None }, TestContext.Current.CancellationToken);
        return tls;
    }
}
