using System.Net;

namespace Homestack.NameServer.Tests;

/// <summary>Short ways to write snapshots and to ask.</summary>
internal static class TestHome
{
    public const int A = 1, Ns = 2, Cname = 5, Soa = 6, Mx = 15, Txt = 16, Aaaa = 28, Srv = 33, Any = 255;

    public static readonly IPEndPoint Lan = new(IPAddress.Parse("192.168.1.20"), 5000);
    public static readonly IPEndPoint Vpn = new(IPAddress.Parse("10.8.0.3"), 5000);
    public static readonly IPEndPoint Stranger = new(IPAddress.Parse("203.0.113.9"), 5000);

    public static readonly View[] Views =
    [
        new("lan", [IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("fd00::/8"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]),
        new("vpn", [IPNetwork.Parse("10.8.0.0/24"), IPNetwork.Parse("192.168.77.0/24")]),
    ];

    /// <summary>A record as "name TYPE value", seen by the views after it, or by all.</summary>
    public static ZoneRecord Record(string line, params string[] views)
    {
        var parts = line.Split(' ', 3);
        return new ZoneRecord(DnsName.Parse(parts[0]), Enum.Parse<RecordType>(parts[1], ignoreCase: true), parts[2], 300, views);
    }

    public static Zone Zone(string apex, params string[] lines) => new(DnsName.Parse(apex), [.. lines.Select(line => Record(line))]);

    public static NameEngine Engine(params Zone[] zones) => Engine(new NameSnapshot { Views = Views, Zones = zones });

    public static NameEngine Engine(NameSnapshot snapshot, NameEngineOptions? options = null)
    {
        var engine = new NameEngine(options ?? new NameEngineOptions { RateLimit = null, StrangerLimit = null });
        engine.Swap(snapshot);
        return engine;
    }

    public static Message Ask(this NameEngine engine, string name, int type, IPEndPoint? client = null) => engine.Send(Message.Query(name, type), client);

    public static Message Send(this NameEngine engine, byte[] query, IPEndPoint? client = null, bool isTcp = false)
    {
        var output = new byte[65535];
        var length = engine.AnswerAsync(query, client ?? Lan, isTcp, output, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
        return new Message(output[..length]);
    }

    public static async Task<Message> AskAsync(this NameEngine engine, string name, int type, bool dnssec = false)
    {
        var output = new byte[65535];
        var length = await engine.AnswerAsync(Message.Query(name, type, dnssec: dnssec), Lan, false, output, TestContext.Current.CancellationToken);
        return new Message(output[..length]);
    }

    /// <summary>The seed of random tests: HOMESTACK_SEED, else a new one; printed either way.</summary>
    public static Random Seeded()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HOMESTACK_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"HOMESTACK_SEED={seed}");
        Console.WriteLine($"{TestContext.Current.Test?.TestDisplayName}: HOMESTACK_SEED={seed}");
        return new Random(seed);
    }
}
