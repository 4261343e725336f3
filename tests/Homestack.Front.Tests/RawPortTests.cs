using System.Net;
using System.Net.Sockets;
using System.Text;
using Homestack.Collections;
using Homestack.Fronts;
using static Homestack.Front.Tests.FrontUnderTest;

namespace Homestack.Front.Tests;

/// <summary>Ports that are handed on as they are: who may reach them, both halves of a stream, datagrams and their way back.</summary>
public sealed class RawPortTests : IDisposable
{
    private const string Games = "games/server";

    private readonly TcpListener echo = new(IPAddress.Loopback, 0);
    private readonly UdpClient answering = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource end = new(TimeSpan.FromMinutes(1));

    public RawPortTests()
    {
        echo.Start();
        _ = AcceptAsync();
        _ = AnswerAsync();
    }

    public void Dispose()
    {
        end.Cancel();
        echo.Stop();
        answering.Dispose();
        end.Dispose();
    }

    [Fact]
    public async Task Bytes_go_both_ways_and_one_half_may_end_before_the_other()
    {
        var (front, port) = await StartAsync(["lan"]);
        await using var running = front;
        using var socket = await ConnectAsync(Lan, port, end.Token);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var sent = new byte[300_000];
        Random.Shared.NextBytes(sent);
        var sending = Task.Run(async () =>
        {
            await stream.WriteAsync(sent, end.Token);
            socket.Shutdown(SocketShutdown.Send);
        });
        var got = new MemoryStream();
        await stream.CopyToAsync(got, end.Token);
        await sending;

        // The echo says "end" only after it has seen ours.
        Assert.Equal([.. sent, .. "end"u8], got.ToArray());
    }

    [Theory]
    [InlineData(Vpn)]
    [InlineData(Public)]
    public async Task Whoever_may_not_is_reset(string from)
    {
        var (front, port) = await StartAsync(["lan"]);
        await using var running = front;
        Assert.True(await IsResetAsync(from, port));
    }

    [Fact]
    public async Task A_service_that_does_not_run_is_reset_and_found_when_it_runs()
    {
        var (front, port) = await StartAsync(["lan"]);
        await using var running = front;
        await front.TakenAsync(AddressesSnapshot.Slot, new AddressesSnapshot(ValueMap<ValueList<string>>.Empty));
        Assert.True(await IsResetAsync(Lan, port));
        await LocateAsync(front);
        Assert.False(await IsResetAsync(Lan, port));
    }

    [Fact]
    public async Task A_zone_that_is_taken_away_cuts_what_is_under_way()
    {
        var (front, port) = await StartAsync(["lan", "vpn"]);
        await using var running = front;
        using var socket = await ConnectAsync(Vpn, port, end.Token);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        await stream.WriteAsync("a"u8.ToArray(), end.Token);
        Assert.Equal(1, await stream.ReadAsync(new byte[1], end.Token));
        await GiveAsync(front, port, ["lan"]);
        Assert.True(await IsOverAsync(stream));
    }

    [Fact]
    public async Task A_port_that_closes_takes_nobody()
    {
        var (front, port) = await StartAsync(["lan"]);
        await using var running = front;
        Assert.False(await IsResetAsync(Lan, port));
        await front.TakenAsync(IngressSnapshot.Slot, front.Snapshot());
        await Assert.ThrowsAnyAsync<SocketException>(() => ConnectAsync(Lan, port, end.Token));
    }

    [Fact]
    public async Task One_visitor_cannot_take_all_connections()
    {
        var (front, port) = await StartAsync(["lan", "vpn"]);
        await using var running = front;
        var sockets = new List<Socket>();
        for (var number = 0; number < 128; number++)
        {
            sockets.Add(await ConnectAsync(Lan, port, end.Token));
        }

        // The last one was taken when it is answered.
        await using var last = new NetworkStream(sockets[^1], ownsSocket: false);
        await last.WriteAsync("a"u8.ToArray(), end.Token);
        Assert.Equal(1, await last.ReadAsync(new byte[1], end.Token));
        Assert.True(await IsResetAsync(Lan, port));
        Assert.False(await IsResetAsync(Vpn, port));
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Datagrams_find_their_way_back_to_who_sent_them()
    {
        var (front, port) = await StartAsync(["lan", "vpn"]);
        await using var running = front;
        using var one = Sender(Lan, port);
        using var other = Sender(Vpn, port);
        using var outside = Sender(Public, port);
        await outside.SendAsync("outside"u8.ToArray(), end.Token);
        for (var number = 0; number < 20; number++)
        {
            Assert.Equal($"one{number}!", await AskAsync(one, $"one{number}"));
            Assert.Equal($"other{number}!", await AskAsync(other, $"other{number}"));
        }

        var large = new string('x', 9000);
        Assert.Equal(large + "!", await AskAsync(one, large));
        Assert.Equal(0, outside.Available);
    }

    private async Task<string> AskAsync(UdpClient client, string text)
    {
        await client.SendAsync(Encoding.ASCII.GetBytes(text), end.Token);
        return Encoding.ASCII.GetString((await client.ReceiveAsync(end.Token)).Buffer);
    }

    private static UdpClient Sender(string from, int port)
    {
        var client = new UdpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        client.Connect(IPAddress.Loopback, port);
        return client;
    }

    private async Task<bool> IsResetAsync(string from, int port)
    {
        try
        {
            using var socket = await ConnectAsync(from, port, end.Token);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            await stream.WriteAsync("a"u8.ToArray(), end.Token);
            return await stream.ReadAsync(new byte[1], end.Token) == 0;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return true;
        }
    }

    private async Task<bool> IsOverAsync(NetworkStream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1], end.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task<(FrontUnderTest Front, int Port)> StartAsync(ValueList<string> zones)
    {
        var front = await FrontUnderTest.StartAsync();
        var port = FreePort();
        await LocateAsync(front);
        await GiveAsync(front, port, zones);
        return (front, port);
    }

    private static Task LocateAsync(FrontUnderTest front) =>
        front.TakenAsync(AddressesSnapshot.Slot, new AddressesSnapshot(new Dictionary<string, ValueList<string>> { [Games] = ["127.0.0.1"] }.ToValueMap()));

    private Task GiveAsync(FrontUnderTest front, int port, ValueList<string> zones) => front.TakenAsync(IngressSnapshot.Slot, front.Snapshot() with
    {
        Raw =
        [
            new() { Service = Games, Listen = [$"0.0.0.0:{port}"], Port = ((IPEndPoint)echo.LocalEndpoint).Port, Zones = zones },
            new() { Service = Games, IsUdp = true, Listen = [$"0.0.0.0:{port}"], Port = ((IPEndPoint?)answering.Client.LocalEndPoint)?.Port ?? 0, Zones = zones },
        ],
    });

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = EchoAsync(await echo.AcceptTcpClientAsync(end.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task EchoAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await client.GetStream().CopyToAsync(client.GetStream(), end.Token);
                await client.GetStream().WriteAsync("end"u8.ToArray(), end.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
            {
            }
        }
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var got = await answering.ReceiveAsync(end.Token);
                await answering.SendAsync((byte[])[.. got.Buffer, (byte)'!'], got.RemoteEndPoint, end.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }
}
