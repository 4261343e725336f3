using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>What is there.</summary>
/// <param name="AuthorityDomain">The domain that the root vouches for; empty: there is no root, or none that can be used.</param>
/// <param name="Names">Names of the certificate, sorted; empty: there is none, or none that the root made and the key fits.</param>
/// <param name="DaysLeft">Until the first of root and certificate ends; negative when one has.</param>
/// <param name="IsServed">The front serves just these.</param>
public sealed record CertificatesObserved(string AuthorityDomain, ValueList<string> Names, int DaysLeft, bool IsServed)
{
    /// <summary>What the engine was told to get from a public issuer, sorted; it may not be there yet.</summary>
    public ValueList<PublicCertificate> Asked { get; init; } = [];
}
