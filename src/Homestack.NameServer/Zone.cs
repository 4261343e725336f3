namespace Homestack.NameServer;

/// <summary>A part of the name space that the server is authoritative for.</summary>
/// <param name="Apex">The name of the zone.</param>
/// <param name="Records">In any order. A missing SOA or NS record at the apex is made. A record below the apex of a deeper zone is not served.</param>
public sealed record Zone(DnsName Apex, IReadOnlyList<ZoneRecord> Records);
