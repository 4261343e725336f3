using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>Certificates of the home's own root, through the framework's X.509.</summary>
/// <remarks><para>Source: RFC 5280 §4.1.2.2 (serial), §4.2.1 (extensions).</para></remarks>
internal static class CertificateMaker
{
    private const int AuthorityYears = 10, CertificateDays = 90, SerialBytes = 16;
    private const string ServerUse = "1.3.6.1.5.5.7.3.1", ConstraintsOid = "2.5.29.30";

    /// <summary>Clocks differ: what is made now is valid from a little earlier.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    private static readonly Asn1Tag Permitted = new(TagClass.ContextSpecific, 0), DnsName = new(TagClass.ContextSpecific, 2);

    /// <summary>A root that may vouch for one domain and what is below it, and for no further root.</summary>
    public static X509Certificate2 Authority(ECDsa key, string home, string domain, DateTimeOffset now)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName($"{home} home root {now:yyyy}");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(new X509Extension(ConstraintsOid, Constraints(domain), critical: true));
        return request.CreateSelfSigned(now - Slack, now.AddYears(AuthorityYears));
    }

    public static X509Certificate2 Issue(X509Certificate2 authority, ECDsa key, ValueList<string> names, DateTimeOffset now)
    {
        var request = new CertificateRequest($"CN={names[^1]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUse)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var end = new[] { now.AddDays(CertificateDays), new DateTimeOffset(authority.NotAfter.ToUniversalTime()) }.Min();
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] &= 0x7F;
        return request.Create(authority, now - Slack, end, serial);
    }

    public static ValueList<string> NamesOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).Order(StringComparer.Ordinal).ToValueList();

    /// <summary>The domain that a root of ours may vouch for; empty when it is not of ours.</summary>
    public static string DomainOf(X509Certificate2 authority)
    {
        try
        {
            return authority.Extensions[ConstraintsOid] is { RawData: var raw }
                ? new AsnReader(raw, AsnEncodingRules.DER).ReadSequence().ReadSequence(Permitted).ReadSequence().ReadCharacterString(UniversalTagNumber.IA5String, DnsName) : "";
        }
        catch (AsnContentException)
        {
            return "";
        }
    }

    /// <summary>The root's key made its signature.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    private static byte[] Constraints(string domain)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(Permitted))
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, domain, DnsName);
        }

        return writer.Encode();
    }
}
