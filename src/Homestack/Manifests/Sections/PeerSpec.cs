using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>One device on the VPN, as written under <c>vpn.peers</c>.</summary>
public sealed record PeerSpec
{
    /// <summary>Whose it is; absent for devices of nobody in particular.</summary>
    public Located<string>? Person { get; init; }

    /// <summary><c>full</c> alone, or names of services. Empty: nothing is reachable.</summary>
    public ValueList<Located<string>> Access { get; init; } = [];

    /// <summary>Its public key; absent: a key pair is made for it.</summary>
    public Located<string>? PublicKey { get; init; }

    /// <summary>Its address in the VPN's zone; absent: one is chosen.</summary>
    public Located<System.Net.IPAddress>? Address { get; init; }

    public bool HasFullAccess => Access.Any(item => item.Value == "full");
}
