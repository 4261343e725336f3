using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>What the home must be able to show visitors.</summary>
/// <param name="Home">For the root's name.</param>
/// <param name="Domain">The only one that the root may vouch for.</param>
/// <param name="Names">DNS names of the certificate, sorted; empty: none is needed.</param>
public sealed record CertificatesDesired(string Home, string Domain, ValueList<string> Names)
{
    /// <summary>What is to come from a public issuer, sorted; until it is there the home's own is shown.</summary>
    public ValueList<PublicCertificate> Public { get; init; } = [];
}
