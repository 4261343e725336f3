using Homestack.Collections;

namespace Homestack.Fronts;

/// <summary>The certificates to answer TLS with. Holds private keys: it goes over the front's socket and into its folder (0600), and nowhere else.</summary>
/// <param name="Certificates">In order: of two that fit a name, the first is used.</param>
/// <param name="AuthorityPem">The home's own root, for the install page; empty when there is none.</param>
public sealed record CertificatesSnapshot(ValueList<FrontCertificate> Certificates, string AuthorityPem)
{
    public const string Slot = "certificates";
}

/// <summary>A certificate with its key.</summary>
/// <param name="Names">DNS names it is for, lower case; <c>*.domain</c> for one label below a domain.</param>
/// <param name="ChainPem">The certificate and what leads to its root, PEM.</param>
/// <param name="KeyPem">PKCS#8, PEM.</param>
/// <param name="IsPrivate">It leads to a root that only devices of the home may know: browsers are not told to insist on it.</param>
public sealed record FrontCertificate(ValueList<string> Names, string ChainPem, string KeyPem, bool IsPrivate = false)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"certificate of {string.Join(", ", Names)}";
}
