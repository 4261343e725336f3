using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homestack.Fronts;
using Homestack.Front.Snapshots;

namespace Homestack.Front.Worlds;

/// <summary>A certificate that is ready to answer TLS with.</summary>
/// <param name="Names">Lower case; <c>*.domain</c> for one label below.</param>
/// <param name="Tls">Given to each handshake as it is.</param>
/// <param name="IsHomeMade">Its chain ends at the home's own root, or at another that only its devices know: browsers are not told to insist on it (RFC 6797), for a root that is taken away would lock its owner out.</param>
internal sealed record ServedCertificate(IReadOnlyList<string> Names, SslServerAuthenticationOptions Tls, bool IsHomeMade)
{
    private const int MostInChain = 8;

    /// <exception cref="SnapshotException">Certificate or key cannot be read, or they do not fit.</exception>
    public static ServedCertificate Of(FrontCertificate certificate, X509Certificate2? authority)
    {
        try
        {
            using var bare = X509Certificate2.CreateFromPem(certificate.ChainPem, certificate.KeyPem);
            // Through PKCS#12, so that the key lives as long as the certificate.
            var leaf = X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificate.ChainPem);
            SnapshotException.ThrowIf(chain.Count > MostInChain, $"The {certificate} has more than {MostInChain} links.");
            var between = new X509Certificate2Collection(chain.Skip(1).Where(link => link.Subject != link.Issuer).ToArray());
            var tls = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(leaf, between, offline: true),
                // Never weaker than TLS 1.2 (RFC 8996).
#pragma warning disable CA5398 // Naming them keeps the machine's own settings from allowing weaker ones.
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
                AllowRenegotiation = false,
                ClientCertificateRequired = false,
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            };
            return new([.. certificate.Names], tls, certificate.IsPrivate || (authority is not null && LeadsTo(leaf, between, authority)));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new SnapshotException($"The {certificate} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Whether it is for a host: exactly, or by a star that stands for one label (RFC 9525 §6.3).</summary>
    public bool IsFor(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return Names.Any(name => name.Equals(host, StringComparison.OrdinalIgnoreCase)
            || (dot > 0 && name.StartsWith("*.", StringComparison.Ordinal) && name.AsSpan(1).Equals(host.AsSpan(dot), StringComparison.OrdinalIgnoreCase)));
    }

    private static bool LeadsTo(X509Certificate2 leaf, X509Certificate2Collection between, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid | X509VerificationFlags.IgnoreInvalidName;
        return chain.Build(leaf);
    }
}
