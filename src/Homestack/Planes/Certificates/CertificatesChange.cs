using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>One act about certificates. Holds no key.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(MakeAuthority), "make-authority")]
[JsonDerivedType(typeof(IssueCertificate), "issue-certificate")]
[JsonDerivedType(typeof(AskCertificate), "ask-certificate")]
[JsonDerivedType(typeof(ForgetCertificate), "forget-certificate")]
[JsonDerivedType(typeof(ServeCertificates), "serve-certificates")]
public abstract record CertificatesChange : Change;

/// <summary>Makes the home's own root.</summary>
public sealed record MakeAuthority(string Home, string Domain) : CertificatesChange
{
    public override string Summary => $"make the root for {Domain}";
}

/// <summary>Makes a certificate that the root vouches for.</summary>
public sealed record IssueCertificate(ValueList<string> Names) : CertificatesChange
{
    public override string Summary => $"make a certificate for {string.Join(", ", Names)}";
}

/// <summary>Has the front show what was made.</summary>
public sealed record ServeCertificates : CertificatesChange
{
    public override string Summary => "serve the certificate";
}

/// <summary>Has the engine get a certificate from a public issuer, and renew it from then on. The engine does that by itself: an issuer may take minutes, or be away.</summary>
public sealed record AskCertificate(PublicCertificate Certificate) : CertificatesChange
{
    public override string Summary => $"get a certificate for {string.Join(", ", Certificate.Names)} from {Certificate.From}";
}

/// <summary>Has the engine ask no more. What was got stays on disk.</summary>
public sealed record ForgetCertificate(string Name) : CertificatesChange
{
    public override string Summary => $"ask no issuer for {Name} any more";
}
