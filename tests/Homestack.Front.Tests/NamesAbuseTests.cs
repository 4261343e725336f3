using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Homestack.Fronts;

namespace Homestack.Front.Tests;

/// <summary>Rubbish over every way to ask, and a flood with a forged address, while a good client asks on (D1, D6).</summary>
public sealed class NamesAbuseTests
{
    private const string Host = "dns.home.test";
    private const int NoSuchName = 3;

    private readonly int port = FrontUnderTest.FreePort(), tlsPort = FrontUnderTest.FreePort();

    [Fact]
    public async Task Rubbish_over_UDP_TCP_TLS_and_HTTPS_harms_nobody()
    {
        await using var front = await StartAsync();
        var random = new Random(11);
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Parse(FrontUnderTest.Lan), 0));
        for (var round = 0; round < 40; round++)
        {
            for (var count = 0; count < 250; count++)
            {
                await udp.SendAsync(Mutate(random), new IPEndPoint(IPAddress.Loopback, port), TestContext.Current.CancellationToken);
            }

            await RubbishAsync(random, port, "");
            await RubbishAsync(random, tlsPort, Host);
            await HttpsAsync(random, front.HttpsPort);
            Assert.Equal((0, "10.0.0.1"), await new NamesTests(port).AskAsync("nas.home.test", FrontUnderTest.Vpn));
        }

        // Who sent the rubbish is still answered, over a connection of its own.
        await using var tls = await ConnectAsync(tlsPort, Host);
        Assert.Equal((0, "10.0.0.1"), await new NamesTests(port).AskAsync("nas.home.test", FrontUnderTest.Lan));
    }

    [Fact]
    public async Task A_flood_with_a_forged_address_gives_its_owner_five_answers_a_second_and_others_go_on()
    {
        await using var front = await StartAsync();

        // What is sent from here is what a forger would send in the name of 127.0.0.4; what arrives here is what its owner would get.
        using var victim = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 8 << 20 };
        victim.Bind(new IPEndPoint(IPAddress.Parse(FrontUnderTest.Public), 0));
        var server = new IPEndPoint(IPAddress.Loopback, port);
        var query = Query("nas.home.test");
        var started = TimeProvider.System.GetTimestamp();
        var (sent, heard) = (0, 0);
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(3))
        {
            for (var count = 0; count < 500; count++)
            {
                victim.SendTo(query, server);
                sent++;
            }

            Assert.Equal((0, "10.0.0.1"), await new NamesTests(port).AskAsync("nas.home.test", FrontUnderTest.Lan));
        }

        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        var took = TimeProvider.System.GetElapsedTime(started);
        while (victim.Available > 0)
        {
            victim.Receive(new byte[1500]);
            heard++;
        }

        Console.WriteLine($"D6: {sent} questions of a forged address in {took.TotalSeconds:F1} s, {heard} answers");
        Assert.InRange(heard, 1, 5 + (int)Math.Ceiling(5 * took.TotalSeconds));
        Assert.True(sent > 10_000, $"Only {sent} questions could be sent.");
    }

    private async Task<FrontUnderTest> StartAsync()
    {
        var front = await FrontUnderTest.StartNamesAsync(Host, port, tlsPort, new NameRecord("nas.home.test", "A", "10.0.0.1", 60, []), new NameRecord("loop.home.test", "CNAME", "loop.home.test", 60, []));
        Assert.Equal(NoSuchName, (await new NamesTests(port).AskAsync("gone.home.test", FrontUnderTest.Lan)).Code);
        return front;
    }

    private static byte[] Query(string name) => [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))), 0, 0, 1, 0, 1];

    private static byte[] Mutate(Random random)
    {
        var packet = Query(random.Next(2) == 0 ? "nas.home.test" : "loop.home.test");
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            packet[random.Next(packet.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) switch { 0 => packet[..random.Next(packet.Length)], 1 => [.. packet, .. new byte[random.Next(600)]], _ => packet };
    }

    /// <summary>Some messages with their lengths, right or wrong, until the other side has enough.</summary>
    private static async Task RubbishAsync(Random random, int port, string name)
    {
        try
        {
            await using var stream = await ConnectAsync(port, name);
            for (var count = 0; count < 50; count++)
            {
                var packet = Mutate(random);
                var length = random.Next(20) == 0 ? random.Next(65536) : packet.Length;
                await stream.WriteAsync((byte[])[(byte)(length >> 8), (byte)length, .. packet], TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // Closed in our face: right so.
        }
    }

    private static async Task HttpsAsync(Random random, int port)
    {
        try
        {
            await using var stream = await ConnectAsync(port, Host);
            for (var count = 0; count < 20; count++)
            {
                var packet = Mutate(random);
                await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"POST /dns-query HTTP/1.1\r\nHost: {Host}\r\nContent-Type: application/dns-message\r\nContent-Length: {packet.Length}\r\n\r\n"), .. packet], TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // The same.
        }
    }

    private static async Task<Stream> ConnectAsync(int port, string name)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(FrontUnderTest.Lan), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (name.Length == 0)
        {
            return plain;
        }

        var tls = new SslStream(plain, false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name }, TestContext.Current.CancellationToken);
        return tls;
    }
}
