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

        return new(new NamesSnapshot
        {
            Listen = [new IPEndPoint(address, blueprint.Listen.Dns ?? (isRoot ? 53 : 5353)).ToString()],
            Views = blueprint.Zones,
            Zones = Zones(blueprint, address),
            Upstreams = blueprint.Names?.Upstreams ?? [],
            Forwards = blueprint.Names?.Forward ?? ValueMap<string>.Empty,
            Allowed = blueprint.Names?.Allow ?? [],
        });
    }

    /// <summary>The home's domain, and for every record elsewhere a zone of its own name.</summary>
    private static ValueList<NameZone> Zones(Blueprint blueprint, IPAddress address)
    {
        bool IsOwn(string name) => name == blueprint.Domain || name.EndsWith("." + blueprint.Domain, StringComparison.Ordinal);
        var records = (blueprint.Names?.Records ?? ValueMap<ValueList<string>>.Empty).SelectMany(record => record.Value.Select(value => Record(record.Key, value, blueprint.Domain))).ToArray();
        var answers = Reached(blueprint).GroupBy(answer => answer.HostName, StringComparer.Ordinal)
            .Select(name => (HostName: name.Key, Views: Known(blueprint, name.SelectMany(answer => answer.Zones).Distinct().Order(StringComparer.Ordinal).ToValueList()))).Where(answer => answer.Views.Count > 0)
            .Select(answer => new NameRecord(answer.HostName, TypeOf(address), address.ToString(), TtlSeconds, answer.Views)).ToArray();
        var authority = answers.Length == 0 ? [] : new[] { new NameRecord("ca." + blueprint.Domain, TypeOf(address), address.ToString(), TtlSeconds, []) };
        return
        [
            new(blueprint.Domain, answers.Concat(authority).Concat(records.Where(record => IsOwn(record.Name))).DistinctBy(record => (record.Name, record.Type, record.Value)).OrderBy(record => record.Name, StringComparer.Ordinal).ToValueList()),
            .. records.Where(record => !IsOwn(record.Name)).GroupBy(record => record.Name, StringComparer.Ordinal).Select(zone => new NameZone(zone.Key, zone.ToValueList())),
        ];
    }

    private static IEnumerable<(string HostName, ValueList<string> Zones)> Reached(Blueprint blueprint) =>
        Answer.Of(blueprint).Select(answer => (answer.HostName, answer.Zones)).Concat(RawAnswer.Of(blueprint).Select(raw => (raw.HostName, raw.Zones)));

    /// <remarks>The internet gets nothing from this server.</remarks>
    private static ValueList<string> Known(Blueprint blueprint, ValueList<string> zones) => zones.Where(blueprint.Zones.ContainsKey).ToValueList();

    private static NameRecord Record(string name, string value, string domain) =>
        IPAddress.TryParse(value, out var address) ? new(name, TypeOf(address), address.ToString(), TtlSeconds, [])
        : new(name, "CNAME", value.Contains('.', StringComparison.Ordinal) ? value.ToLowerInvariant().TrimEnd('.') : $"{value.ToLowerInvariant()}.{domain}", TtlSeconds, []);

    private static string TypeOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA";
}
