using System.Net;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>What the name server does, as written under <c>dns</c>.</summary>
public sealed record DnsSpec
{
    /// <summary>Resolvers to ask, in order: an address, or <c>udp:// tcp:// tls:// https://</c>. Empty: the rest is refused.</summary>
    public ValueList<Located<string>> Upstreams { get; init; } = [];

    /// <summary>Files in the home's folder or https addresses.</summary>
    public ValueList<Located<BlocklistSpec>> Blocklists { get; init; } = [];

    /// <summary>Zones whose clients may ask over TLS and HTTPS.</summary>
    public Located<ValueList<Located<string>>>? Encrypted { get; init; }

    /// <summary><c>off</c>, <c>anonymous</c> or <c>full</c>.</summary>
    public Located<string>? Log { get; init; }

    /// <summary>Names that are never blocked.</summary>
    public ValueList<Located<string>> Allow { get; init; } = [];

    /// <summary>Names to addresses, or to one other name. A name without a dot is below the home's domain.</summary>
    public ValueMap<Located<ValueList<Located<string>>>> Records { get; init; } = ValueMap<Located<ValueList<Located<string>>>>.Empty;

    /// <summary>Domains that somebody else answers for, each with the resolver to ask.</summary>
    public ValueMap<Located<string>> Forward { get; init; } = ValueMap<Located<string>>.Empty;

    /// <summary>Names that are kept in the public DNS; null for none.</summary>
    public Located<PublicNamesSpec>? Public { get; init; }
}

/// <summary>A list of names that are not answered, and whom it is for; without zones and clients, everybody.</summary>
/// <param name="List">A file in the home's folder or an https address; null when it is missing, which was said.</param>
public sealed record BlocklistSpec(Located<string>? List)
{
    public ValueList<Located<string>> Zones { get; init; } = [];

    public ValueList<Located<IPAddress>> Clients { get; init; } = [];
}
