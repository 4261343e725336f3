using System.Net;
using System.Net.Sockets;
using System.Text;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Primitives;

namespace Homestack.Front.Tests;

/// <summary>The slot of names: what it is given is answered from, what it cannot be is refused, and the one before goes on.</summary>
public sealed class NamesTests
{
    private const int Refused = 5, NoSuchName = 3;

    private readonly int port;

    public NamesTests()
        : this(FrontUnderTest.FreePort())
    {
    }

    internal NamesTests(int port) => this.port = port;

    [Fact]
    public async Task Each_zone_gets_its_own_answer_and_everybody_else_none()
    {
        await using var front = new FrontUnderTest();
        await front.RunAsync();
        await front.TakenAsync(NamesSnapshot.Slot, Snapshot("both.home.test 10.0.0.1", "lan.home.test 10.0.0.2 lan"));

        Assert.Equal((0, "10.0.0.1"), await AskAsync("both.home.test", FrontUnderTest.Vpn));
        Assert.Equal((0, "10.0.0.2"), await AskAsync("LAN.home.test", FrontUnderTest.Lan));
        Assert.Equal((NoSuchName, ""), await AskAsync("lan.home.test", FrontUnderTest.Vpn));
        Assert.Equal((NoSuchName, ""), await AskAsync("nobody.home.test", FrontUnderTest.Lan));
        Assert.Equal((Refused, ""), await AskAsync("both.home.test", FrontUnderTest.Public));
        Assert.Equal((Refused, ""), await AskAsync("example.org", FrontUnderTest.Lan));
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_served_is_refused_with_words_and_the_one_before_goes_on()
    {
        await using var front = new FrontUnderTest();
        await front.RunAsync();
        var good = Snapshot("a.home.test 10.0.0.1");
        await front.TakenAsync(NamesSnapshot.Slot, good);
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();

        NamesSnapshot[] bad =
        [
            good with { Listen = [.. good.Listen, taken.LocalEndPoint?.ToString() ?? ""] },
            good with { Listen = ["127.0.0.1"] },
            good with { Upstreams = ["ftp://10.0.0.1"] },
            good with { Zones = [new("home.test", [new("a.home.test", "A", "not an address", 60, [])])] },
            good with { Zones = [new("home.test", [new("a.home.test", "NONSENSE", "x", 60, [])])] },
            good with { Zones = [new("home..test", [])] },
        ];
        foreach (var snapshot in bad)
        {
            var (status, answer) = await front.PutAsync(NamesSnapshot.Slot, FrontUnderTest.Bytes(snapshot));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.NotEqual("", answer?.Problem);
            Assert.DoesNotContain("HS9001", answer?.Problem, StringComparison.Ordinal);
        }

        Assert.Equal((0, "10.0.0.1"), await AskAsync("a.home.test", FrontUnderTest.Lan));
    }

    [Fact]
    public async Task What_a_snapshot_leaves_out_is_empty_and_an_address_that_is_gone_is_closed()
    {
        await using var front = new FrontUnderTest();
        await front.RunAsync();
        await front.TakenAsync(NamesSnapshot.Slot, Snapshot("a.home.test 10.0.0.1"));

        var (status, answer) = await front.PutAsync(NamesSnapshot.Slot, "{}"u8.ToArray());

        Assert.True(status == HttpStatusCode.OK, answer?.Problem);
        using var again = new UdpClient(AddressFamily.InterNetwork);
        for (var tries = 0; ; tries++)
        {
            try
            {
                again.Client.Bind(new IPEndPoint(IPAddress.Loopback, port));
                break;
            }
            catch (SocketException) when (tries < 100)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task After_a_restart_it_answers_from_what_is_on_disk()
    {
        await using var front = new FrontUnderTest();
        await front.RunAsync();
        await front.TakenAsync(NamesSnapshot.Slot, Snapshot("a.home.test 10.0.0.1"));
        await front.StopAsync();

        await front.RunAsync();

        Assert.Equal((0, "10.0.0.1"), await AskAsync("a.home.test", FrontUnderTest.Lan));
    }

    /// <param name="records">Name, address, and the zones that see it.</param>
    private NamesSnapshot Snapshot(params string[] records) => new()
    {
        Listen = [$"127.0.0.1:{port}"],
        Views = new Dictionary<string, ValueList<Cidr>> { ["lan"] = [FrontUnderTest.Block("127.0.0.2/32")], ["vpn"] = [FrontUnderTest.Block("127.0.0.3/32")] }.ToValueMap(),
        Zones = [new("home.test", records.Select(record => record.Split(' ')).Select(parts => new NameRecord(parts[0], "A", parts[1], 60, [.. parts[2..]])).ToValueList())],
    };

    /// <summary>One question over UDP: the code of the answer, and the address in it.</summary>
    internal async Task<(int Code, string Address)> AskAsync(string name, string from)
    {
        using var client = new UdpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        byte[] query = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))), 0, 0, 1, 0, 1];
        await client.SendAsync(query, new IPEndPoint(IPAddress.Loopback, port), TestContext.Current.CancellationToken);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var answer = (await client.ReceiveAsync(limit.Token)).Buffer;
        if ((answer[2] & 2) != 0)
        {
            // Others of the same network asked too much: whoever is real asks again over TCP.
            using var again = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
            await again.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            await again.GetStream().WriteAsync(new byte[] { 0, (byte)query.Length }.Concat(query).ToArray(), limit.Token);
            var length = new byte[2];
            await again.GetStream().ReadExactlyAsync(length, limit.Token);
            answer = new byte[(length[0] << 8) | length[1]];
            await again.GetStream().ReadExactlyAsync(answer, limit.Token);
        }

        return (answer[3] & 0xF, answer[7] == 1 ? new IPAddress(answer[^4..]).ToString() : "");
    }
}
