using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Homestack.Collections;
using Homestack.Fronts;

namespace Homestack.Planes.Names;

/// <summary>Writes what the name server answers as zone files that any other name server reads: a folder for each view, a file for each zone. Pure.</summary>
/// <remarks>The serial changes whenever a record does and never otherwise, so the same home gives the same file. Nobody transfers these zones, so it need not grow.
/// <para>Source: RFC 1035 §5 (zone files), RFC 2308 §4 (what <c>$TTL</c> and the SOA's last number mean).</para></remarks>
public static class ZoneWriter
{
    private const int NegativeSeconds = 60, UsualSeconds = 300;

    /// <summary>Path, such as <c>lan/home.arpa.zone</c> → text. Empty when the home has no name server.</summary>
    public static ValueMap<string> Write(NamesSnapshot snapshot) => snapshot.Listen.Count == 0 ? ValueMap<string>.Empty
        : snapshot.Views.Keys.SelectMany(view => snapshot.Zones.Select(zone => KeyValuePair.Create($"{view}/{zone.Apex}.zone", Write(zone, view, IPEndPoint.Parse(snapshot.Listen[0]).Address)))).ToValueMap();

    private static string Write(NameZone zone, string view, IPAddress server)
    {
        var seen = zone.Records.Where(record => record.Views.Count == 0 || record.Views.Contains(view)).ToArray();
        var records = new StringBuilder();
        records.Append(CultureInfo.InvariantCulture, $"@ {UsualSeconds} IN NS ns.{zone.Apex}.\n");
        if (seen.All(record => record.Name != $"ns.{zone.Apex}"))
        {
            records.Append(CultureInfo.InvariantCulture, $"ns.{zone.Apex}. {UsualSeconds} IN {(server.GetAddressBytes().Length == 4 ? "A" : "AAAA")} {server}\n");
        }

        foreach (var record in seen)
        {
            records.Append(CultureInfo.InvariantCulture, $"{record.Name}. {record.TtlSeconds} IN {record.Type} {Value(record)}\n");
        }

        var serial = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(records.ToString())));
        return string.Create(CultureInfo.InvariantCulture, $"""
            ; {zone.Apex} as the view "{view}" sees it
            $ORIGIN {zone.Apex}.
            $TTL {UsualSeconds}
            @ {UsualSeconds} IN SOA ns.{zone.Apex}. hostmaster.{zone.Apex}. {serial} 3600 600 86400 {NegativeSeconds}
            {records}
            """);
    }

    private static string Value(NameRecord record) => record.Type is "CNAME" or "PTR" ? record.Value.TrimEnd('.') + "." : record.Value;
}
