using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Blueprints.Rules;

/// <summary>Zones share no address, and what is exposed is exposed to zones that exist. Adds HS2200 to HS2202.</summary>
public static class ZoneRules
{
    private const string Public = "public";

    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        if (parts.Home.Zones.TryGetValue(Public, out var reserved))
        {
            diagnostics.Add(HomeDiagnostics.ReservedZone(Public, reserved.Span));
        }

        var known = parts.Home.Zones.Keys.Append(Public).ToHashSet(StringComparer.Ordinal);
        foreach (var zone in Named(parts).Where(zone => !known.Contains(zone.Value)).TakeWhile(_ => !diagnostics.IsFull))
        {
            diagnostics.Add(HomeDiagnostics.UnknownZone(zone, known));
        }

        CheckOverlaps(parts, diagnostics);
    }

    /// <remarks>Blocks either nest or are apart. Sorted by address, larger ones first, a block overlaps an earlier one exactly when the last outermost one holds it.</remarks>
    private static void CheckOverlaps(HomeParts parts, DiagnosticBag diagnostics)
    {
        var blocks = parts.Home.Zones.SelectMany(zone => zone.Value.Value.Select(block => (Zone: zone.Key, Block: block)))
            .OrderBy(item => Convert.ToHexString(item.Block.Value.Network.BaseAddress.GetAddressBytes()), StringComparer.Ordinal)
            .ThenBy(item => item.Block.Value.Network.PrefixLength)
            .ThenBy(item => (item.Block.Span.Line, item.Block.Span.Column));
        var outermost = new Dictionary<System.Net.Sockets.AddressFamily, (string Zone, Located<Cidr> Block)>();
        foreach (var item in blocks)
        {
            var family = item.Block.Value.Network.BaseAddress.AddressFamily;
            if (outermost.TryGetValue(family, out var other) && other.Block.Value.Overlaps(item.Block.Value))
            {
                diagnostics.Add(HomeDiagnostics.ZonesOverlap(item.Zone, item.Block, other.Zone, other.Block));
            }
            else
            {
                outermost[family] = item;
            }
        }
    }

    private static IEnumerable<Located<string>> Named(HomeParts parts) =>
    [
        .. parts.Written.SelectMany(written => written.Service.Extension.Expose),
        .. parts.Home.Apps.Values.SelectMany(app => app.Value.Expose),
        .. parts.Home.Sites.Values.SelectMany(site => site.Value.Expose),
        .. parts.Home.Machines.Values.SelectMany(machine => machine.Value.Expose),
        .. parts.Home.Dns is { } dns ? dns.Value.Blocklists.SelectMany(list => list.Value.Zones).Concat(dns.Value.Encrypted?.Value ?? []) : [],
        .. parts.Home.Portal is { } portal ? portal.Value.Expose : [],
    ];
}
