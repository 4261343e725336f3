using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homestack.Blueprints;
using Homestack.Planes.Certificates;

namespace Homestack.Tests.Planes.Certificates;

/// <summary>What an issuer gave is shown to nobody until it is proven.</summary>
public sealed class CertificateProofTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 root;

    public CertificateProofTests() => root = Root("Root", rootKey);

    [Fact]
    public void One_that_is_for_the_names_fits_the_key_and_leads_to_a_trusted_root_is_good() => Assert.Equal("", Prove(Issue("web.example.org")));

    [Fact]
    public void Another_key_is_refused_without_a_word_of_it()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("It cannot be read, or the key does not fit.", Prove(Issue("web.example.org"), key: other));
    }

    [Fact]
    public void Text_that_is_none_is_refused() => Assert.Equal("It cannot be read, or the key does not fit.", Prove("hello"));

    [Fact]
    public void A_missing_name_is_refused() => Assert.Equal("It is not for web.example.org.", Prove(Issue("blog.example.org")));

    [Theory]
    [InlineData(91, "It ended")]
    [InlineData(-1, "It begins")]
    public void One_that_is_not_valid_now_is_refused(int days, string words) => Assert.StartsWith(words, Prove(Issue("web.example.org"), now: Now.AddDays(days)), StringComparison.Ordinal);

    [Fact]
    public void One_of_a_root_that_nobody_trusts_is_refused()
    {
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = Root("Root", otherKey);
        Assert.StartsWith("It leads to no root", Prove(Issue("web.example.org"), roots: other.ExportCertificatePem()), StringComparison.Ordinal);
        Assert.StartsWith("It leads to no root", Prove(Issue("web.example.org"), roots: ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_trial_the_root_need_not_be_trusted_but_the_rest_must_hold()
    {
        Assert.Equal("", Prove(Issue("web.example.org") + root.ExportCertificatePem(), roots: "", isTrial: true));
        Assert.Equal("It is not for web.example.org.", Prove(Issue("blog.example.org") + root.ExportCertificatePem(), roots: "", isTrial: true));
        Assert.StartsWith("It ended", Prove(Issue("web.example.org") + root.ExportCertificatePem(), roots: "", isTrial: true, now: Now.AddDays(91)), StringComparison.Ordinal);
        Assert.StartsWith("It leads to no root", Prove(Issue("web.example.org"), roots: "", isTrial: true), StringComparison.Ordinal);
    }

    private string Prove(string chain, ECDsa? key = null, string? roots = null, bool isTrial = false, DateTimeOffset? now = null)
    {
        var wanted = new PublicCertificate(["web.example.org"], new CertificateSettings { Issuer = "Test", Directory = "https://ca.example/dir", Email = "a@example.org", IsTrial = isTrial });
        var (sight, why) = CertificateProof.Of(chain, (key ?? this.key).ExportPkcs8PrivateKeyPem(), wanted, roots ?? root.ExportCertificatePem(), now ?? Now);
        Assert.Equal(sight is null, why.Length > 0);
        return why;
    }

    private string Issue(string name)
    {
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddDnsName(name);
        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.Create(root, Now, Now.AddDays(90), [1, 2, 3]);
        return certificate.ExportCertificatePem() + "\n";
    }

    private static X509Certificate2 Root(string name, ECDsa key)
    {
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddDays(-100), Now.AddDays(1000));
    }
}
