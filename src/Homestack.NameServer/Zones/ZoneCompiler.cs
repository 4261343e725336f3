using System.Buffers.Binary;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Zones;

/// <summary>Makes the index of the names that one view sees. Pure.</summary>
/// <remarks>A record of other views only leaves no trace: its name, and the empty names above it, do not exist here.</remarks>
internal static class ZoneCompiler
{
    private const uint MadeTtlSeconds = 3600;

    /// <exception cref="ArgumentException">A record is outside its zone, its value does not fit its type, or a name has an alias and other records.</exception>
    public static NameIndex Compile(IReadOnlyList<Zone> zones, IReadOnlyList<DnsName> forwarded, string viewName)
    {
        var nodes = Nodes(zones, forwarded, viewName);
        foreach (var node in SpecialNames.Beside(zones, forwarded))
        {
            nodes.TryAdd(DnsName.FromWire(node.Name), node);
        }

        return new NameIndex(nodes.Values);
    }

    /// <summary>The names of some zones, without the special ones.</summary>
    /// <exception cref="ArgumentException">As <see cref="Compile"/>.</exception>
    internal static Dictionary<DnsName, NameNode> Nodes(IReadOnlyList<Zone> zones, IReadOnlyList<DnsName> forwarded, string viewName)
    {
        var nodes = new Dictionary<DnsName, NameNode>();
        var apexes = zones.Select(zone => zone.Apex).ToHashSet();
        if (apexes.Count != zones.Count)
        {
            throw new ArgumentException("Two zones have the same apex.");
        }

        // A forward rule below a zone of ours, or at its apex, takes that part out of it.
        foreach (var domain in forwarded)
        {
            nodes[domain] = new NameNode(domain.Wire.ToArray(), null);
        }

        foreach (var zone in zones.Where(zone => !nodes.ContainsKey(zone.Apex)))
        {
            var visible = Visible(zone, viewName);
            var soa = visible.FirstOrDefault(record => record.Type == RecordType.Soa && record.Name.Equals(zone.Apex)) ?? MadeSoa(zone);
            var head = new ZoneHead(zone.Apex.Wire.ToArray(), Negative(soa));
            nodes[zone.Apex] = new NameNode(head.Apex, head);
            var all = visible.Where(record => record.Type != RecordType.Soa).Append(soa).ToList();
            if (!all.Exists(record => record.Type == RecordType.Ns && record.Name.Equals(zone.Apex)))
            {
                all.Add(new ZoneRecord(zone.Apex, RecordType.Ns, zone.Apex.ToString(), MadeTtlSeconds, []));
            }

            // What a deeper zone or a forward rule has taken.
            var taken = apexes.Where(apex => !apex.Equals(zone.Apex)).Concat(forwarded).Where(apex => apex.IsWithin(zone.Apex)).ToArray();
            foreach (var name in all.GroupBy(record => record.Name).Where(name => !taken.Any(name.Key.IsWithin)))
            {
                var node = Reach(nodes, name.Key, head);
                node.Sets = Sets(name.Key, name);
            }
        }

        foreach (var (name, node) in nodes)
        {
            node.Wildcard = name.Wire.Length <= WireName.MaxLength - 2 && nodes.TryGetValue(name.Child("*"), out var wildcard) && wildcard.Zone == node.Zone ? wildcard : null;
        }

        return nodes;
    }

    private static List<ZoneRecord> Visible(Zone zone, string viewName)
    {
        if (zone.Records.FirstOrDefault(record => !record.Name.IsWithin(zone.Apex)) is { } outside)
        {
            throw new ArgumentException($"{outside.Name} is not in the zone {zone.Apex}.");
        }

        return [.. zone.Records.Where(record => record.Views.Count == 0 || record.Views.Contains(viewName))];
    }

    /// <summary>The node of a name; it and the names between it and the apex are made when they are missing.</summary>
    private static NameNode Reach(Dictionary<DnsName, NameNode> nodes, DnsName name, ZoneHead head)
    {
        for (var wire = name.Wire.Span; wire.Length > head.Apex.Length; wire = wire[(1 + wire[0])..])
        {
            nodes.TryAdd(DnsName.FromWire(wire), new NameNode(wire.ToArray(), head));
        }

        return nodes[name];
    }

    private static RecordSet[] Sets(DnsName name, IEnumerable<ZoneRecord> records)
    {
        var sets = records.GroupBy(record => record.Type).OrderBy(set => set.Key != RecordType.Cname).ThenBy(set => set.Key)
            .Select(set => new RecordSet(set.Key, set.Min(record => record.TtlSeconds), Values(name, set))).ToArray();
        return sets[0].Type != RecordType.Cname || (sets.Length == 1 && sets[0].Count == 1)
            ? sets
            : throw new ArgumentException($"{name} is an alias and can have no other record (RFC 1034 §3.6.2).");
    }

    /// <summary>Values of one set, each once (RFC 2181 §5).</summary>
    private static List<byte[]> Values(DnsName name, IEnumerable<ZoneRecord> records)
    {
        try
        {
            return [.. records.Select(record => RecordText.ToWire(record.Type, record.Value)).DistinctBy(Convert.ToHexString)];
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"{name}: {exception.Message}", exception);
        }
    }

    private static ZoneRecord MadeSoa(Zone zone)
    {
        // Changes whenever a record does, and never otherwise.
        var serial = zone.Records.Aggregate(1UL, (sum, record) => sum + NameHash.Compute(System.Text.Encoding.UTF8.GetBytes($"{record.Name} {record.Type} {record.Value} {record.TtlSeconds}"), 0));
        var mailbox = zone.Apex.Wire.Length <= WireName.MaxLength - 11 ? zone.Apex.Child("hostmaster") : zone.Apex;
        return new ZoneRecord(zone.Apex, RecordType.Soa, $"{zone.Apex} {mailbox} {(uint)serial} 3600 600 86400 60", MadeTtlSeconds, []);
    }

    private static RecordSet Negative(ZoneRecord soa)
    {
        var value = Values(soa.Name, [soa])[0];
        var minimum = BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(value.Length - 4));
        return new RecordSet(RecordType.Soa, Math.Min(minimum, soa.TtlSeconds), [value]);
    }
}
