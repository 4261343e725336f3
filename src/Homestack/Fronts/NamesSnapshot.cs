using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Fronts;

/// <summary>Everything that the name server answers from.</summary>
public sealed record NamesSnapshot
{
    public const string Slot = "names";

    /// <summary>Addresses and ports for UDP and TCP, such as <c>192.168.1.10:53</c>.</summary>
    public ValueList<string> Listen { get; init; } = [];

    /// <summary>Addresses and ports for TLS, such as <c>192.168.1.10:853</c>. Who has no route to <see cref="TlsName"/> has none to them.</summary>
    public ValueList<string> Tls { get; init; } = [];

    /// <summary>The name whose certificate is shown there.</summary>
    public string TlsName { get; init; } = "";

    /// <summary>Where clients come from, by zone. Who is in none is refused. The longest prefix wins.</summary>
    public ValueMap<ValueList<Cidr>> Views { get; init; } = ValueMap<ValueList<Cidr>>.Empty;

    /// <summary>What the home answers for itself.</summary>
    public ValueList<NameZone> Zones { get; init; } = [];

    /// <summary>Whom to ask for the rest, in order: an address, or <c>udp:// tcp:// tls:// https://</c>. Empty: the rest is refused.</summary>
    public ValueList<string> Upstreams { get; init; } = [];

    /// <summary>Domains that somebody else answers for, each with whom to ask.</summary>
    public ValueMap<string> Forwards { get; init; } = ValueMap<string>.Empty;

    /// <summary>Which lists are for whom; what is in them comes in a <see cref="BlocklistsSnapshot"/>.</summary>
    public ValueList<NameBlocklist> Blocklists { get; init; } = [];

    /// <summary>What is kept of a question: <c>off</c> nothing, <c>full</c> everything; empty: all but who asked.</summary>
    public string Log { get; init; } = "";

    /// <summary>Names that are never blocked.</summary>
    public ValueList<string> Allowed { get; init; } = [];
}

/// <summary>A domain that the home is authoritative for.</summary>
public sealed record NameZone(string Apex, ValueList<NameRecord> Records);

/// <summary>A list, and whom it is for; with no zone and no address, everybody.</summary>
/// <param name="Source">Path or address, as its key in a <see cref="BlocklistsSnapshot"/>.</param>
/// <param name="Zones">Of the views, sorted.</param>
/// <param name="Clients">Addresses, sorted.</param>
public sealed record NameBlocklist(string Source, ValueList<string> Zones, ValueList<string> Clients);

/// <summary>One record.</summary>
/// <param name="Name">Owner, absolute, lower case, without a dot at the end.</param>
/// <param name="Type">Such as <c>A</c>.</param>
/// <param name="Value">As in a zone file (RFC 1035 §5).</param>
/// <param name="TtlSeconds">How long others may keep it.</param>
/// <param name="Views">Zones whose clients get it, sorted; empty: all of them.</param>
public sealed record NameRecord(string Name, string Type, string Value, int TtlSeconds, ValueList<string> Views);
