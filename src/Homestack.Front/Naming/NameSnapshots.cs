using System.Net;
using Homestack.Collections;
using Homestack.Front.Snapshots;
using Homestack.Fronts;
using Homestack.NameServer;
using Homestack.Primitives;

namespace Homestack.Front.Naming;

/// <summary>From what the engine gave to what the name server answers from. Pure. What a snapshot leaves out is empty, and a generated reader gives null for it.</summary>
internal static class NameSnapshots
{
    /// <exception cref="SnapshotException">A name, address or type cannot be read.</exception>
    public static NameSnapshot Read(NamesSnapshot given)
    {
        try
        {
            var allowed = new BlocklistBuilder();
            foreach (var name in given.Allowed ?? [])
            {
                allowed.Allow(DnsName.Parse(name));
            }

            // The lists themselves come apart; whom they are for is checked here, with what else is written.
            SnapshotException.ThrowIf((given.Blocklists ?? []).Any(list => list.Clients.Any(client => !IPAddress.TryParse(client, out _))), "A blocklist is for something that is no address.");

            return new()
            {
                Views = [.. (given.Views ?? ValueMap<ValueList<Cidr>>.Empty).Select(view => new View(view.Key, [.. view.Value.Select(block => block.Network)]))],
                Zones = [.. (given.Zones ?? []).Select(zone => new Zone(DnsName.Parse(zone.Apex), [.. (zone.Records ?? []).Select(Record)]))],
                Upstreams = [.. (given.Upstreams ?? []).Select(UpstreamAddress.Parse)],
                Forwards = [.. (given.Forwards ?? ValueMap<string>.Empty).Select(rule => new ForwardRule(DnsName.Parse(rule.Key), [UpstreamAddress.Parse(rule.Value)]))],
                Log = given.Log switch { "off" => QueryLogLevel.Off, "full" => QueryLogLevel.Full, _ => QueryLogLevel.Anonymous },
                Blocklists = [new BlockRule(allowed.Build(), [], []), .. (given.Blocklists ?? []).Select(list => new BlockRule(Blocklist.Empty, list.Zones, []))],
            };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new SnapshotException(exception.Message, exception);
        }
    }

    private static ZoneRecord Record(NameRecord record)
    {
        SnapshotException.ThrowIf(!Enum.TryParse<RecordType>(record.Type, ignoreCase: true, out var type), $"\"{record.Type}\" is not a type of record that is served.");
        return new(DnsName.Parse(record.Name), type, record.Value, (uint)Math.Max(0, record.TtlSeconds), record.Views ?? []);
    }
}
