namespace Homestack.NameServer.Zones;

/// <summary>What every name of a zone shares.</summary>
/// <param name="Apex">On the wire, lower case.</param>
/// <param name="Negative">The SOA record for answers without records; its TTL is the lesser of its own and MINIMUM (RFC 2308 §3).</param>
internal sealed record ZoneHead(byte[] Apex, RecordSet Negative);
