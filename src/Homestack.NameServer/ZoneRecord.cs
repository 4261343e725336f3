namespace Homestack.NameServer;

/// <summary>One record.</summary>
/// <param name="Name">The apex of its zone or a name below; a first label <c>*</c> makes a wildcard (RFC 4592).</param>
/// <param name="Type">A, AAAA, CNAME, NS, PTR, MX, SRV, TXT or SOA; any other type in the form of RFC 3597.</param>
/// <param name="Value">The presentation form: <c>192.168.1.2</c>, <c>other.name</c>, <c>10 mail.name</c>, <c>"text"</c>, <c>\# 3 010203</c>. Names in it are absolute.</param>
/// <param name="TtlSeconds">0 to 2,147,483,647 (RFC 2181 §8).</param>
/// <param name="Views">Names of the views that see it; empty: every view.</param>
public sealed record ZoneRecord(DnsName Name, RecordType Type, string Value, uint TtlSeconds, IReadOnlyList<string> Views);
