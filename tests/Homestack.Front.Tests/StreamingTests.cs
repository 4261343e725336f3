using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Homestack.Front.Tests;

/// <summary>Bytes pass as they come, in both directions, and what breaks is seen to break.</summary>
public sealed class StreamingTests
{
    private const string Host = "app.home.test";
    private const long Large = 256L << 20;

    [Fact]
    public async Task Events_arrive_one_by_one()
    {
        using var next = new SemaphoreSlim(0);
        using var backend = new RawBackend(async (_, stream) =>
        {
            await RawBackend.Send(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (var turn = 0; turn < 3; turn++)
            {
                await RawBackend.Send(stream, $"9\r\ndata: {turn}\n\n\r\n");
                Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(5)));
            }

            await RawBackend.Send(stream, "0\r\n\r\n");
        });
        await using var front = await StartAsync(backend);
        using var client = front.Client();
        await using var events = await client.GetStreamAsync(front.Url(Host), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(events);
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Equal($"data: {turn}", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            await reader.ReadLineAsync(TestContext.Current.CancellationToken);
            next.Release();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_last_piece_of_an_answer_leaves_at_once(int version)
    {
        using var next = new SemaphoreSlim(0);
        using var backend = new RawBackend(async (_, stream) =>
        {
            await RawBackend.Send(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
            Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(5)));
            await RawBackend.Send(stream, "later");
        });
        await using var front = await StartAsync(backend);
        using var client = front.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, front.Url(Host)) { Version = new(version, version == 1 ? 1 : 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        next.Release();
        Assert.Equal("firstlater", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_websocket_is_passed_through()
    {
        using var backend = new RawBackend(async (head, stream) =>
        {
            var key = head.Split("\r\n").First(line => line.StartsWith("Sec-WebSocket-Key", StringComparison.OrdinalIgnoreCase)).Split(": ")[1];
#pragma warning disable CA5350 // RFC 6455 §4.2.2 asks for it.
            var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
            await RawBackend.Send(stream, $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
            var buffer = new byte[1024];
            for (var message = await socket.ReceiveAsync(buffer, default); message.MessageType != WebSocketMessageType.Close; message = await socket.ReceiveAsync(buffer, default))
            {
                await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, true, default);
            }
        });
        await using var front = await StartAsync(backend);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var client = front.Client();
            using var socket = new ClientWebSocket();
            socket.Options.HttpVersion = version;
            socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            await socket.ConnectAsync(new(front.Url(Host).Replace("https", "wss", StringComparison.Ordinal)), client, TestContext.Current.CancellationToken);
            foreach (var text in new[] { "one", "two" })
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
                var buffer = new byte[64];
                var got = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
                Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, got.Count));
            }
        }
    }

    [Fact]
    public async Task Another_upgrade_is_not_passed_on()
    {
        using var backend = new RawBackend();
        await using var front = await StartAsync(backend);
        foreach (var upgrade in new[] { "h2c", "SPDY/3.1", "websocket, h2c", "tcp" })
        {
            await front.RawAsync(Host, $"GET / HTTP/1.1\r\nHost: {Host}\r\nUpgrade: {upgrade}\r\nConnection: Upgrade\r\n\r\n");
        }

        Assert.DoesNotContain(backend.Heads, head => head.Contains("Upgrade", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Http2_is_spoken_over_tls()
    {
        using var backend = new RawBackend();
        await using var front = await StartAsync(backend);
        using var client = front.Client();
        using var ask = new HttpRequestMessage(HttpMethod.Get, front.Url(Host)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        ask.Headers.Add("Cookie", "a=1");
        using var answer = await client.SendAsync(ask, TestContext.Current.CancellationToken);
        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal("hello", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("Strict-Transport-Security", answer.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task Large_bodies_pass_in_both_directions_in_flat_memory()
    {
        using var backend = new RawBackend(async (head, stream) =>
        {
            var buffer = new byte[1 << 16];
            if (head.StartsWith("POST", StringComparison.Ordinal))
            {
                var left = Large;
                while (left > 0)
                {
                    left -= await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)));
                }

                await RawBackend.Send(stream, RawBackend.Hello);
                return;
            }

            await RawBackend.Send(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {Large}\r\n\r\n");
            for (var sent = 0L; sent < Large; sent += buffer.Length)
            {
                await stream.WriteAsync(buffer);
            }
        });
        await using var front = await StartAsync(backend);
        await using (var tls = await front.TlsAsync(Host))
        {
            var buffer = new byte[1 << 16];
            var before = Resident();
            await tls.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"POST / HTTP/1.1\r\nHost: {Host}\r\nContent-Length: {Large}\r\n\r\n")), TestContext.Current.CancellationToken);
            for (var sent = 0L; sent < Large; sent += buffer.Length)
            {
                await tls.WriteAsync(buffer, TestContext.Current.CancellationToken);
            }

            Assert.True(await tls.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0);
            await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
            var got = 0L;
            for (var count = await tls.ReadAsync(buffer, TestContext.Current.CancellationToken); count > 0; count = await tls.ReadAsync(buffer, TestContext.Current.CancellationToken))
            {
                got += count;
            }

            Assert.InRange(got, Large, Large + 4096);
            Assert.True(Resident() - before < 96L << 20, $"It grew by {(Resident() - before) >> 20} MiB.");
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\npart")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n")]
    public async Task An_application_that_dies_in_the_middle_is_seen_to(string begun)
    {
        using var backend = new RawBackend(async (_, stream) =>
        {
            await RawBackend.Send(stream, begun);
            await Task.Delay(50);
            stream.Socket.Close(0);
        });
        await using var front = await StartAsync(backend);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var client = front.Client();
            using var ask = new HttpRequestMessage(HttpMethod.Get, front.Url(Host)) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var answer = await client.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_dead_container_is_left_out_and_a_living_one_answers()
    {
        using var backend = new RawBackend();
        await using var front = await StartAsync(backend);
        await front.LocateAsync(Host, "127.0.0.1", "127.1.1.1");
        using var client = front.Client();
        for (var turn = 0; turn < 20; turn++)
        {
            Assert.Equal("hello", await client.GetStringAsync(front.Url(Host), TestContext.Current.CancellationToken));
        }

        await front.LocateAsync(Host, "127.1.1.1");
        using var dead = await client.GetAsync(front.Url(Host), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, dead.StatusCode);
    }

    [Fact]
    public async Task A_visitor_who_never_ends_its_headers_is_cut()
    {
        using var backend = new RawBackend();
        await using var front = await StartAsync(backend);
        await using var tls = await front.TlsAsync(Host);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {Host}\r\n"), TestContext.Current.CancellationToken);
        var began = Stopwatch.GetTimestamp();
        var (_, isClosed) = await FrontUnderTest.ReadAllAsync(tls, TimeSpan.FromSeconds(15));
        Assert.True(isClosed);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(14));
    }

    [Fact]
    public async Task Two_thousand_idle_visitors_disturb_nobody()
    {
        using var backend = new RawBackend();
        await using var front = await StartAsync(backend);
        var idle = new List<Socket>();
        try
        {
            for (var number = 0; number < 2000; number++)
            {
                idle.Add(await FrontUnderTest.ConnectAsync(FrontUnderTest.Public, number % 2 == 0 ? front.HttpsPort : front.HttpPort, TestContext.Current.CancellationToken));
            }

            using var client = front.Client();
            var began = Stopwatch.GetTimestamp();
            Assert.Equal("hello", await client.GetStringAsync(front.Url(Host), TestContext.Current.CancellationToken));
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2));
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    private static long Resident()
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private static async Task<FrontUnderTest> StartAsync(RawBackend backend)
    {
        var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy(Host, backend.Port));
        await front.LocateAsync(Host, "127.0.0.1");
        return front;
    }
}
