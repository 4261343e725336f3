using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homestack.Fronts;

namespace Homestack.Front.Tests;

/// <summary>A root of the tests' own and certificates below it.</summary>
internal sealed class TestAuthority
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1), Until = DateTimeOffset.UtcNow.AddDays(30);

    private readonly X509Certificate2 root;

    public TestAuthority(string name = "Test root")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        root = request.CreateSelfSigned(From, Until);
    }

    public string Pem => root.ExportCertificatePem();

    public byte[] Der => root.RawData;

    public FrontCertificate Issue(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.Create(root, From, Until, RandomNumberGenerator.GetBytes(8));
        return new([.. names], certificate.ExportCertificatePem() + "\n" + Pem, key.ExportPkcs8PrivateKeyPem());
    }
}
