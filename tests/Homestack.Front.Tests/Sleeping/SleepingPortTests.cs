using System.Net;
using System.Net.Sockets;
using Homestack.Collections;
using Homestack.Fronts;
using static Homestack.Front.Tests.FrontUnderTest;

namespace Homestack.Front.Tests.Sleeping;

/// <summary>Raw ports of a service that sleeps.</summary>
public sealed class SleepingPortTests
{
    private const string Games = "games/server";

    private readonly int port = FreePort(), inside = FreePort();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_is_held_until_somebody_takes_it_and_what_was_said_meanwhile_arrives()
    {
        await using var front = await StartAsync();
        using var socket = await ConnectAsync(Lan, port, Cancellation);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        await stream.WriteAsync("hello"u8.ToArray(), Cancellation);
        await front.UntilAsync(visits => visits is { IsWanted: true, Open: 1 });

        await LocateAsync(front);
        await Task.Delay(300, Cancellation);
        using var server = new TcpListener(IPAddress.Loopback, inside);
        server.Start();

        // The first calls may be the front's own look whether somebody is there.
        var said = "";
        var read = new byte[5];
        while (said.Length == 0)
        {
            var client = await server.AcceptTcpClientAsync(Cancellation);
            said = await client.GetStream().ReadAsync(read, Cancellation) is > 0 and var count ? System.Text.Encoding.ASCII.GetString(read, 0, count) : "";
            if (said.Length > 0)
            {
                await client.GetStream().WriteAsync("welcome"u8.ToArray(), Cancellation);
            }
        }

        Assert.Equal("hello", said);
        await stream.ReadExactlyAsync(new byte[7], Cancellation);
        await front.UntilAsync(visits => visits is { IsWanted: false, Open: 1 });
        socket.Dispose();
    }

    [Fact]
    public async Task Who_may_not_is_reset_and_wakes_nobody()
    {
        await using var front = await StartAsync();
        var cut = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            // The reset may be there before the connection is told to stand.
            using var socket = await ConnectAsync(Public, port, Cancellation);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            await stream.ReadExactlyAsync(new byte[1], Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        });
        Assert.True(cut is IOException or SocketException, cut.ToString());
        using var outside = Sender(Public);
        await outside.SendAsync("x"u8.ToArray(), Cancellation);
        await Task.Delay(200, Cancellation);
        Assert.Equal((false, 0), Assert.Single((await front.VisitsAsync()).Services) is var visits ? (visits.IsWanted, visits.Open) : default);
    }

    [Fact]
    public async Task A_datagram_wakes_is_lost_and_the_next_one_arrives()
    {
        await using var front = await StartAsync();
        using var visitor = Sender(Lan);
        await visitor.SendAsync("lost"u8.ToArray(), Cancellation);
        await front.UntilAsync(visits => visits.IsWanted);

        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, inside));
        await LocateAsync(front);
        await front.UntilAsync(visits => !visits.IsWanted);
        await visitor.SendAsync("found"u8.ToArray(), Cancellation);
        Assert.Equal("found"u8.ToArray(), (await server.ReceiveAsync(Cancellation)).Buffer);
        await front.UntilAsync(visits => visits.Open == 1);
    }

    private async Task<FrontUnderTest> StartAsync()
    {
        var front = await FrontUnderTest.StartAsync();
        await front.TakenAsync(IngressSnapshot.Slot, front.Snapshot() with
        {
            Raw =
            [
                new() { Service = Games, Listen = [$"0.0.0.0:{port}"], Port = inside, Zones = ["lan"], Sleeps = true },
                new() { Service = Games, IsUdp = true, Listen = [$"0.0.0.0:{port}"], Port = inside, Zones = ["lan"], Sleeps = true },
            ],
        });
        return front;
    }

    private static Task LocateAsync(FrontUnderTest front) =>
        front.TakenAsync(AddressesSnapshot.Slot, new AddressesSnapshot(new Dictionary<string, ValueList<string>> { [Games] = ["127.0.0.1"] }.ToValueMap()));

    private UdpClient Sender(string from)
    {
        var client = new UdpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        client.Connect(IPAddress.Loopback, port);
        return client;
    }
}
