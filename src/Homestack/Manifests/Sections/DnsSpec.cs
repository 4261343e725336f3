using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>What the name server does, as written under <c>dns</c>.</summary>
public sealed record DnsSpec
{
    /// <summary>Resolvers to ask, in order: an address, or <c>udp:// tcp:// tls:// https://</c>. Empty: asks the root itself.</summary>
    public ValueList<Located<string>> Upstreams { get; init; } = [];

    /// <summary>Files in the home's folder or https addresses.</summary>
    public ValueList<Located<string>> Blocklists { get; init; } = [];

    /// <summary>Names that are never blocked.</summary>
    public ValueList<Located<string>> Allow { get; init; } = [];

    /// <summary>Names to addresses, or to one other name. A name without a dot is below the home's domain.</summary>
    public ValueMap<Located<ValueList<Located<string>>>> Records { get; init; } = ValueMap<Located<ValueList<Located<string>>>>.Empty;

    /// <summary>Domains that somebody else answers for, each with the resolver to ask.</summary>
    public ValueMap<Located<string>> Forward { get; init; } = ValueMap<Located<string>>.Empty;

    /// <summary>Names that are kept in the public DNS; null for none.</summary>
    public Located<PublicNamesSpec>? Public { get; init; }
}
