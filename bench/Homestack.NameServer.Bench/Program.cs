using System.Net;
using Homestack.NameServer;

// Serves the names of a file (one "name address" on each line) on 127.0.0.1, with two views, the query log and a rate limit that is counted but never reached.
var port = int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture);
var records = File.ReadLines(args[1]).Select(line => line.Split(' ')).Select(words => new ZoneRecord(DnsName.Parse(words[0]), RecordType.A, words[1], 300, [])).ToList();
using var engine = new NameEngine(new NameEngineOptions { RateLimit = new RateLimit(100_000_000, 100_000_000) });
engine.Swap(new NameSnapshot
{
    Views = [new View("vpn", [IPNetwork.Parse("10.8.0.0/24")]), new View("lan", [IPNetwork.Parse("192.168.1.0/24"), IPNetwork.Parse("127.0.0.0/8")])],
    Zones = [new Zone(DnsName.Parse("home.arpa"), records)],
});
await using var listener = await DnsListener.StartAsync(engine, [new IPEndPoint(IPAddress.Loopback, port)]);
var stop = new TaskCompletionSource();
using var signal = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.TrySetResult();
});
Console.WriteLine($"listening on {listener.EndPoints[0]}");
await stop.Task;
