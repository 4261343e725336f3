namespace Homestack.NameServer.Resolution;

/// <summary>A record of an upstream.</summary>
/// <param name="Owner">On the wire, lower case, uncompressed.</param>
/// <param name="Value">Uncompressed.</param>
internal sealed record ResourceRecord(byte[] Owner, RecordType Type, uint TtlSeconds, byte[] Value);
