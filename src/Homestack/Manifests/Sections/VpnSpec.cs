using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>The home's WireGuard network, as written under <c>vpn</c>.</summary>
public sealed record VpnSpec
{
    /// <summary>Where peers find it from outside, <c>host:port</c>.</summary>
    public Located<string>? Endpoint { get; init; }

    /// <summary>The zone whose addresses peers get. Default <c>vpn</c>.</summary>
    public Located<string>? Zone { get; init; }

    public ValueMap<Located<PeerSpec>> Peers { get; init; } = ValueMap<Located<PeerSpec>>.Empty;
}
