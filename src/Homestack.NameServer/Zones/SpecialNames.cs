namespace Homestack.NameServer.Zones;

/// <summary>Names that have no meaning outside the house, or none at all. They are answered here, so that no question about them leaves.</summary>
/// <remarks>
/// Each is a zone that holds nothing but its head; <c>localhost</c> has its addresses. A zone or a forward rule of the snapshot that holds one of them takes its place.
/// <para>Source: RFC 6303 §4 and RFC 7793 (reverse zones); RFC 6761 §6 (localhost, test, invalid); RFC 6762 §22.1 (local); RFC 7686 (onion); RFC 8375 (home.arpa); RFC 9462 §6.1
/// (resolver.arpa: an upstream's way to itself is not the way to us); RFC 9476 (alt); ICANN, 2024 (internal).</para>
/// </remarks>
internal static class SpecialNames
{
    private const uint TtlSeconds = 3600;

    private static readonly string[] Empty =
    [
        "invalid", "onion", "test", "local", "alt", "internal", "home.arpa", "resolver.arpa",

        // RFC 6303 §4.1 to §4.6: the house, this machine, links, examples, ends.
        "10.in-addr.arpa", "168.192.in-addr.arpa", "0.in-addr.arpa", "127.in-addr.arpa", "254.169.in-addr.arpa",
        "2.0.192.in-addr.arpa", "100.51.198.in-addr.arpa", "113.0.203.in-addr.arpa", "255.255.255.255.in-addr.arpa",
        .. Enumerable.Range(16, 16).Select(number => $"{number}.172.in-addr.arpa"),

        // RFC 7793: what a provider uses between its customers and itself.
        .. Enumerable.Range(64, 64).Select(number => $"{number}.100.in-addr.arpa"),
        Zeros(32), "1." + Zeros(31), "d.f.ip6.arpa", "8.e.f.ip6.arpa", "9.e.f.ip6.arpa", "a.e.f.ip6.arpa", "b.e.f.ip6.arpa", "8.b.d.0.1.0.0.2.ip6.arpa",
    ];

    /// <summary>Made once: they are the same in every view of every snapshot.</summary>
    private static readonly (DnsName Apex, NameNode[] Nodes)[] All =
        [.. Empty.Select(apex => new Zone(DnsName.Parse(apex), [])).Prepend(Localhost()).Select(zone => (zone.Apex, ZoneCompiler.Nodes([zone], [], "").Values.ToArray()))];

    /// <summary>The names to answer from beside those of a snapshot.</summary>
    public static IEnumerable<NameNode> Beside(IReadOnlyList<Zone> zones, IReadOnlyList<DnsName> forwarded) =>
        All.Where(special => !zones.Any(zone => special.Apex.IsWithin(zone.Apex)) && !forwarded.Any(special.Apex.IsWithin)).SelectMany(special => special.Nodes);

    private static Zone Localhost()
    {
        var name = DnsName.Parse("localhost");
        return new Zone(name,
        [
            new(name, RecordType.A, "127.0.0.1", TtlSeconds, []), new(name, RecordType.Aaaa, "::1", TtlSeconds, []),
            new(name.Child("*"), RecordType.A, "127.0.0.1", TtlSeconds, []), new(name.Child("*"), RecordType.Aaaa, "::1", TtlSeconds, []),
        ]);
    }

    private static string Zeros(int count) => string.Concat(Enumerable.Repeat("0.", count)) + "ip6.arpa";
}
