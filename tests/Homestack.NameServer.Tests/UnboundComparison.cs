using System.Net;
using System.Net.Sockets;
using static Homestack.NameServer.Tests.TestHome;

namespace Homestack.NameServer.Tests;

/// <summary>The same zone in a real unbound, BIND and PowerDNS recursor: random questions get the same code and the same answers from us as from most of them (D3).</summary>
/// <remarks>
/// unbound serves it as an authoritative zone (auth-zone with for-downstream), because its local-data knows no wildcards. Known differences, and why:
/// ANY is not asked (unbound gives every set, we give one, RFC 8482). An alias is asked for with its target inside the zone only (unbound's auth-zone
/// ends the answer at the zone's border, and so do we without upstreams).
/// </remarks>
public sealed class UnboundComparison
{
    private static readonly int Questions = Environment.GetEnvironmentVariable("HOMESTACK_LONG") is { Length: > 0 } ? 100_000 : 4000;
    private static readonly int[] Types = [A, Aaaa, Mx, Txt, Srv, Cname, Ns, Soa, 12];

    [Fact]
    public async Task Answers_as_most_of_them_do()
    {
        var random = Seeded();
        var lines = RandomZone(random);
        var folder = Directory.CreateTempSubdirectory("homestack-unbound-");
        var (port, bindPort, recursorPort) = (FreePort(), FreePort(), FreePort());
        await File.WriteAllLinesAsync(
            Path.Combine(folder.FullName, "zone"),
            ["z.test. 3600 IN SOA ns.z.test. me.z.test. 7 3600 600 86400 60", "z.test. 3600 IN NS ns.z.test.", .. lines.Select(InZoneFile)]);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "unbound.conf"), $"""
            server:
              interface: 127.0.0.1
              port: {port}
              do-daemonize: no
              chroot: ""
              username: ""
              directory: "{folder.FullName}"
              pidfile: ""
              use-syslog: no
              access-control: 127.0.0.0/8 allow
              module-config: "iterator"
              local-zone: "test." nodefault
            auth-zone:
              name: "z.test."
              zonefile: "{folder.FullName}/zone"
              for-downstream: yes
              for-upstream: no
            """, TestContext.Current.CancellationToken);
        using var unbound = Programs.Start("unbound", "-c", Path.Combine(folder.FullName, "unbound.conf"));
        try
        {
            var end = new IPEndPoint(IPAddress.Loopback, port);
            using var bind = OtherServers.Bind(folder.FullName, bindPort);
            using var recursor = OtherServers.PowerDns(folder.FullName, recursorPort);
            IPEndPoint[] judges = [end, new(IPAddress.Loopback, bindPort), new(IPAddress.Loopback, recursorPort)];
            foreach (var judge in judges)
            {
                await UntilItAnswersAsync(judge);
            }

            using var engine = Engine(Zone("z.test", ["z.test SOA ns.z.test me.z.test 7 3600 600 86400 60", "z.test NS ns.z.test", .. lines]));
            await using var ours = await DnsListener.StartAsync(engine, [new IPEndPoint(IPAddress.Loopback, 0)]);
            var names = lines.Select(line => line.Split(' ')[0]).Append("z.test").ToArray();
            var differences = new List<string>();
            var alone = 0;
            for (var count = 0; count < Questions; count++)
            {
                var name = RandomName(random, names);
                var type = Types[random.Next(Types.Length)];
                var query = Message.Query(name, type, count);
                var answer = Words(await ExchangeAsync(ours.EndPoints[0], query));
                var theirs = new List<string>();
                foreach (var judge in judges)
                {
                    theirs.Add(Words(await ExchangeAsync(judge, query)));
                }

                alone = theirs.Distinct().Count() > 1 ? alone + 1 : alone;
                if (theirs.Count(words => words == answer) < 2)
                {
                    differences.Add($"{name} {type}: ours {answer}, theirs {string.Join(" | ", theirs)}");
                }
            }

            Console.WriteLine($"D3: {Questions} questions, {differences.Count} differ from most of unbound, BIND and PowerDNS; in {alone} the three differ among themselves");
            Assert.Empty(differences);
            bind.Kill();
            recursor.Kill();
        }
        finally
        {
            unbound.Kill();
            await unbound.WaitForExitAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }

    private static string Words(Message message) => $"{message.Code} [{string.Join("; ", message.AnswerSet)}]";

    private static string InZoneFile(string line) => string.Concat(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), ". 300 IN", line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal)));

    private static List<string> RandomZone(Random random)
    {
        var lines = new List<string> { "ns.z.test A 192.0.2.53" };
        var aliases = new HashSet<string>();
        for (var number = 0; number < 300; number++)
        {
            var name = string.Join('.', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"n{random.Next(12)}").Append("z.test"));
            if (random.Next(6) == 0)
            {
                name = "*." + name;
            }

            if (random.Next(6) == 0 && !lines.Exists(line => line.StartsWith(name + " ", StringComparison.Ordinal)))
            {
                aliases.Add(name);
                lines.Add($"{name} CNAME {(random.Next(3) == 0 ? "ns" : "n" + random.Next(12))}.z.test.");
            }
            else if (!aliases.Contains(name))
            {
                lines.Add(random.Next(5) switch
                {
                    0 => $"{name} AAAA fd00::{number + 1:x}",
                    1 => $"{name} MX {number} ns.z.test.",
                    2 => $"{name} TXT \"text {number}\"",
                    3 => $"{name} SRV 0 {number} 22 ns.z.test.",
                    _ => $"{name} A 192.0.2.{number % 250}",
                });
            }
        }

        return lines;
    }

    private static string RandomName(Random random, string[] names)
    {
        var name = names[random.Next(names.Length)];
        name = random.Next(5) switch
        {
            0 => $"n{random.Next(12)}.{name}",
            1 when name != "z.test" => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..],
            2 => $"x{random.Next(99)}.n{random.Next(12)}.z.test",
            _ => name,
        };
        return random.Next(3) == 0 ? name.ToUpperInvariant() : name;
    }

    private static async Task UntilItAnswersAsync(IPEndPoint end)
    {
        for (var tries = 0; tries < 800; tries++)
        {
            try
            {
                await ExchangeAsync(end, Message.Query("ns.z.test", A));
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(25, TestContext.Current.CancellationToken);
            }
        }

        Assert.Fail("unbound does not answer.");
    }

    private static async Task<Message> ExchangeAsync(IPEndPoint end, byte[] query)
    {
        using var client = new UdpClient();
        client.Connect(end);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        await client.SendAsync(query, patience.Token);
        var message = new Message((await client.ReceiveAsync(patience.Token)).Buffer);
        Assert.Equal((query[0] << 8) | query[1], message.Id);
        return message;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
