using System.Net;
using System.Net.Sockets;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Fronts;

namespace Homestack.Planes.Names;

/// <summary>From what answers, and what the manifest says under <c>dns</c>, to records and views. Pure. Adds HS3111.</summary>
public static class NamesCompiler
{
    private const int TtlSeconds = 300;

    /// <param name="blueprint">The home.</param>
    /// <param name="isRoot">Port 53 is the usual one.</param>
    /// <param name="diagnostics">Hears why the name server cannot run although it is asked for.</param>
    public static NamesDesired Compile(Blueprint blueprint, bool isRoot, DiagnosticBag diagnostics)
    {
        var written = Answer.AddressOfThisMachine(blueprint);
        var isAsked = blueprint.Names is not null || Reached(blueprint).Any(answer => answer.Zones.Any(zone => zone != "public"));
        if (!isAsked || blueprint.Zones.Count == 0)
        {
            return new(new());
        }

        if (!IPAddress.TryParse(written, out var address))
        {
            diagnostics.Add(NamesDiagnostics.NoAddress(written));
            return new(new());
        }

        var isEncrypted = blueprint.Names?.Encrypted is { Count: > 0 };
        return new(new NamesSnapshot
        {
            Listen = [new IPEndPoint(address, blueprint.Listen.Dns ?? (isRoot ? 53 : 5353)).ToString()],
            Tls = isEncrypted ? [new IPEndPoint(address, isRoot ? 853 : 8853).ToString()] : [],
            TlsName = isEncrypted ? $"dns.{blueprint.Domain}" : "",
            Views = blueprint.Zones,
            Zones = Zones(blueprint, address),
            Upstreams = blueprint.Names?.Upstreams ?? [],
            Forwards = blueprint.Names?.Forward ?? ValueMap<string>.Empty,
            Allowed = blueprint.Names?.Allow ?? [],
            Blocklists = Blocklists(blueprint),
            Log = blueprint.Names?.Log is "off" or "full" ? blueprint.Names.Log : "",
        });
    }

    /// <summary>The home's domain, for every record elsewhere a zone of its own name, and the way back from addresses to names.</summary>
    private static ValueList<NameZone> Zones(Blueprint blueprint, IPAddress address)
    {
        bool IsOwn(string name) => name == blueprint.Domain || name.EndsWith("." + blueprint.Domain, StringComparison.Ordinal);
        var records = (blueprint.Names?.Records ?? ValueMap<ValueList<string>>.Empty).SelectMany(record => record.Value.Select(value => Record(record.Key, value, blueprint.Domain))).ToArray();
        var answers = Reached(blueprint).GroupBy(answer => answer.HostName, StringComparer.Ordinal)
            .Select(name => (HostName: name.Key, Views: Known(blueprint, name.SelectMany(answer => answer.Zones).Distinct().Order(StringComparer.Ordinal).ToValueList()))).Where(answer => answer.Views.Count > 0)
            .Select(answer => new NameRecord(answer.HostName, TypeOf(address), address.ToString(), TtlSeconds, answer.Views)).ToArray();
        var authority = answers.Length == 0 ? [] : new[] { new NameRecord("ca." + blueprint.Domain, TypeOf(address), address.ToString(), TtlSeconds, []) };
        var taken = answers.Concat(authority).Concat(records).Select(record => record.Name).ToHashSet(StringComparer.Ordinal);
        var hosts = Hosts(blueprint).Where(record => !taken.Contains(record.Name)).ToArray();
        return
        [
            new(blueprint.Domain, answers.Concat(authority).Concat(records.Where(record => IsOwn(record.Name))).Concat(hosts).DistinctBy(record => (record.Name, record.Type, record.Value)).OrderBy(record => record.Name, StringComparer.Ordinal).ToValueList()),
            .. records.Where(record => !IsOwn(record.Name)).GroupBy(record => record.Name, StringComparer.Ordinal).Select(zone => new NameZone(zone.Key, zone.ToValueList())),
            .. Reverse(hosts.Concat(records.Where(record => IsOwn(record.Name)))),
        ];
    }

    private static IEnumerable<(string HostName, ValueList<string> Zones)> Reached(Blueprint blueprint) =>
        Answer.Of(blueprint).Select(answer => (answer.HostName, answer.Zones)).Concat(RawAnswer.Of(blueprint).Select(raw => (raw.HostName, raw.Zones)));

    /// <summary>Hosts whose address is in a zone, for that zone alone.</summary>
    private static IEnumerable<NameRecord> Hosts(Blueprint blueprint)
    {
        foreach (var (name, host) in blueprint.Hosts)
        {
            if (IPAddress.TryParse(host.Address, out var address) && blueprint.Zones.Where(zone => zone.Value.Any(block => block.Network.Contains(address))).Select(zone => zone.Key).ToValueList() is { Count: > 0 } zones)
            {
                yield return new($"{name}.{blueprint.Domain}", TypeOf(address), address.ToString(), TtlSeconds, zones);
            }
        }
    }

    /// <remarks>One name for each address, seen by whoever sees the name.</remarks>
    private static IEnumerable<NameZone> Reverse(IEnumerable<NameRecord> records) => records
        .Where(record => record.Type is "A" or "AAAA" && !record.Name.StartsWith('*')).DistinctBy(record => record.Value)
        .Select(record => (Record: record, Place: ReverseName.Of(IPAddress.Parse(record.Value)))).Where(pair => pair.Place is not null)
        .Select(pair => (pair.Place?.Zone, Record: new NameRecord(pair.Place?.Name ?? "", "PTR", pair.Record.Name, TtlSeconds, pair.Record.Views)))
        .GroupBy(pair => pair.Zone ?? "", StringComparer.Ordinal).OrderBy(zone => zone.Key, StringComparer.Ordinal)
        .Select(zone => new NameZone(zone.Key, zone.Select(pair => pair.Record).OrderBy(record => record.Name, StringComparer.Ordinal).ToValueList()));

    /// <remarks>A list for the internet alone is for nobody, and no list is then for everybody.</remarks>
    private static ValueList<NameBlocklist> Blocklists(Blueprint blueprint) => (blueprint.Names?.Blocklists ?? [])
        .Where(list => list.Zones.Count == 0 || list.Clients.Count > 0 || Known(blueprint, list.Zones).Count > 0)
        .Select(list => new NameBlocklist(list.Source, Known(blueprint, list.Zones), list.Clients)).ToValueList();

    /// <remarks>The internet gets nothing from this server.</remarks>
    private static ValueList<string> Known(Blueprint blueprint, ValueList<string> zones) => zones.Where(blueprint.Zones.ContainsKey).ToValueList();

    private static NameRecord Record(string name, string value, string domain) =>
        IPAddress.TryParse(value, out var address) ? new(name, TypeOf(address), address.ToString(), TtlSeconds, [])
        : new(name, "CNAME", value.Contains('.', StringComparison.Ordinal) ? value.ToLowerInvariant().TrimEnd('.') : $"{value.ToLowerInvariant()}.{domain}", TtlSeconds, []);

    private static string TypeOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA";
}
