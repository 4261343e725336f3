using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>Real sockets, and a real client: dig.</summary>
public sealed class ListenerTests
{
    private static readonly string[] Lines =
    [
        "nas.home.arpa A 192.168.1.2", "nas.home.arpa AAAA fd00::2", "www.home.arpa CNAME nas.home.arpa", "home.arpa MX 10 mail.home.arpa", "home.arpa TXT \"hello world\"",
        "_ssh._tcp.home.arpa SRV 0 5 22 nas.home.arpa", "2.1.168.192.home.arpa PTR nas.home.arpa", "*.apps.home.arpa A 192.168.1.9",
        .. Enumerable.Range(0, 200).Select(number => $"many.home.arpa A 192.168.7.{number}"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<DnsListener> StartAsync(NameEngine engine, DnsListenerOptions? options = null, IPAddress? address = null) =>
        DnsListener.StartAsync(engine, [new IPEndPoint(address ?? IPAddress.Loopback, 0)], options);

    [Theory]
    [InlineData("127.0.0.1", "+notcp")]
    [InlineData("127.0.0.1", "+tcp")]
    [InlineData("::1", "+notcp")]
    [InlineData("::1", "+tcp")]
    public async Task Dig_gets_its_answers(string address, string transport)
    {
        using var engine = Engine(Zone("home.arpa", Lines));
        await using var listener = await StartAsync(engine, address: IPAddress.Parse(address));
        async Task<string> Dig(params string[] what) =>
            await Programs.RunAsync("dig", ["@" + address, "-p", $"{listener.EndPoints[0].Port}", transport, "+tries=1", "+time=5", .. what]);

        Assert.Equal("192.168.1.2\n", await Dig("+short", "nas.home.arpa", "A"));
        Assert.Equal("fd00::2\n", await Dig("+short", "nas.home.arpa", "AAAA"));
        Assert.Equal("nas.home.arpa.\n192.168.1.2\n", await Dig("+short", "www.home.arpa", "A"));
        Assert.Equal("10 mail.home.arpa.\n", await Dig("+short", "home.arpa", "MX"));
        Assert.Equal("\"hello world\"\n", await Dig("+short", "home.arpa", "TXT"));
        Assert.Equal("0 5 22 nas.home.arpa.\n", await Dig("+short", "_ssh._tcp.home.arpa", "SRV"));
        Assert.Equal("nas.home.arpa.\n", await Dig("+short", "2.1.168.192.home.arpa", "PTR"));
        Assert.Equal("192.168.1.9\n", await Dig("+short", "x.y.apps.home.arpa", "A"));
        var missing = await Dig("gone.home.arpa", "A");
        Assert.Contains("status: NXDOMAIN", missing, StringComparison.Ordinal);
        Assert.Contains("SOA", missing, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", missing.Replace("WARNING: recursion requested but not available", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("status: BADVERS", await Dig("+edns=1", "+noednsneg", "nas.home.arpa"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dig_goes_to_TCP_when_the_answer_is_cut()
    {
        using var engine = Engine(Zone("home.arpa", Lines));
        await using var listener = await StartAsync(engine);
        var answer = await Programs.RunAsync("dig", "@127.0.0.1", "-p", $"{listener.EndPoints[0].Port}", "many.home.arpa", "A");
        Assert.Contains("Truncated, retrying in TCP mode", answer, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_of_one_connection_need_not_wait_for_each_other()
    {
        using var engine = Engine(Zone("home.arpa", Lines));
        await using var listener = await StartAsync(engine);
        using var client = new TcpClient();
        await client.ConnectAsync(listener.EndPoints[0], Cancellation);
        var stream = client.GetStream();
        var all = Enumerable.Range(0, 100).SelectMany(id => Framed(Message.Query("nas.home.arpa", A, id))).ToArray();

        // In two pieces, cut in the middle of a message.
        await stream.WriteAsync(all.AsMemory(0, 1001), Cancellation);
        await stream.WriteAsync(all.AsMemory(1001), Cancellation);
        var ids = new HashSet<int>();
        for (var count = 0; count < 100; count++)
        {
            ids.Add((await ReadAsync(stream)).Id);
        }

        Assert.Equal(100, ids.Count);
    }

    [Fact]
    public async Task A_silent_connection_and_a_message_too_long_are_closed()
    {
        using var engine = Engine(Zone("home.arpa", Lines));
        await using var listener = await StartAsync(engine, new DnsListenerOptions { IdleTimeout = TimeSpan.FromMilliseconds(200) });
        using var silent = new TcpClient();
        await silent.ConnectAsync(listener.EndPoints[0], Cancellation);
        Assert.Equal(0, await silent.GetStream().ReadAsync(new byte[1], Cancellation));
        using var large = new TcpClient();
        await large.ConnectAsync(listener.EndPoints[0], Cancellation);
        await large.GetStream().WriteAsync(new byte[] { 0xFF, 0xFF }, Cancellation);
        Assert.Equal(0, await large.GetStream().ReadAsync(new byte[1], Cancellation));
    }

    [Fact]
    public async Task One_client_holds_only_so_many_connections()
    {
        using var engine = Engine(Zone("home.arpa", Lines));
        await using var listener = await StartAsync(engine, new DnsListenerOptions { MaxConnectionsPerClient = 2 });
        var clients = Enumerable.Range(0, 3).Select(_ => new TcpClient()).ToArray();
        foreach (var client in clients)
        {
            await client.ConnectAsync(listener.EndPoints[0], Cancellation);
        }

        await clients[0].GetStream().WriteAsync(Framed(Message.Query("nas.home.arpa", A)), Cancellation);
        Assert.Single((await ReadAsync(clients[0].GetStream())).Answers);
        Assert.Equal(0, await clients[2].GetStream().ReadAsync(new byte[1], Cancellation));
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task Over_the_rate_every_second_answer_is_cut_and_the_others_are_missing()
    {
        using var engine = Engine(new NameSnapshot { Views = Views, Zones = [Zone("home.arpa", Lines)] }, new NameEngineOptions { RateLimit = new RateLimit(1, 10) });
        await using var listener = await StartAsync(engine);
        using var client = new UdpClient();
        client.Connect(listener.EndPoints[0]);
        var (whole, cut) = (0, 0);
        for (var id = 0; id < 30; id++)
        {
            await client.SendAsync(Message.Query("nas.home.arpa", A, id), Cancellation);
        }

        while (whole + cut < 20)
        {
            var answer = new Message((await client.ReceiveAsync(Cancellation)).Buffer);
            (whole, cut) = answer.IsTruncated ? (whole, cut + 1) : (whole + 1, cut);
            Assert.Equal(answer.IsTruncated ? 0 : 1, answer.Answers.Count);
        }

        Assert.InRange(whole, 10, 12);
        using var stream = new TcpClient();
        await stream.ConnectAsync(listener.EndPoints[0], Cancellation);
        await stream.GetStream().WriteAsync(Framed(Message.Query("nas.home.arpa", A)), Cancellation);
        Assert.Single((await ReadAsync(stream.GetStream())).Answers);
    }

    [Fact]
    public async Task A_swap_drops_no_question()
    {
        using var engine = Engine(Zone("home.arpa", Lines));
        await using var listener = await StartAsync(engine);
        using var client = new UdpClient();
        client.Connect(listener.EndPoints[0]);
        for (var id = 0; id < 500; id++)
        {
            await client.SendAsync(Message.Query("nas.home.arpa", A, id), Cancellation);
            engine.Swap(new NameSnapshot { Views = Views, Zones = [Zone("home.arpa", $"nas.home.arpa A 192.168.1.{id % 250}")] });
            Assert.Single(new Message((await client.ReceiveAsync(Cancellation)).Buffer).Answers);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error()
    {
        using var engine = Engine(Zone("home.arpa", Lines));
        await using var listener = await StartAsync(engine);
        await Assert.ThrowsAsync<SocketException>(() => DnsListener.StartAsync(engine, [listener.EndPoints[0]]));
    }

    private static byte[] Framed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    private static async Task<Message> ReadAsync(NetworkStream stream)
    {
        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, Cancellation);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(message, Cancellation);
        return new Message(message);
    }
}
