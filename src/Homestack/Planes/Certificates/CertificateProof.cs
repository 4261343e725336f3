using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>Looks at what an issuer gave before anybody is shown it. Pure.</summary>
/// <remarks><para>Source: RFC 5280 §6 (path validation), RFC 9525 §6 (names).</para></remarks>
internal static class CertificateProof
{
    private const int MostInChain = 8;
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    /// <summary>Clocks differ.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <param name="chain">PEM, the certificate first.</param>
    /// <param name="key">PEM; the one that the certificate was asked for with.</param>
    /// <param name="wanted">What for, and from whom.</param>
    /// <param name="roots">PEM; empty: the machine's own list.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The certificate; or null, and why it is not shown to anybody.</returns>
    public static (PublicSight? Sight, string Why) Of(string chain, string key, PublicCertificate wanted, string roots, DateTimeOffset now)
    {
        try
        {
            using var leaf = X509Certificate2.CreateFromPem(chain, key);
            var links = new X509Certificate2Collection();
            links.ImportFromPem(chain);
            var sight = SightOf(leaf, chain);
            var missing = wanted.Names.Where(name => !sight.Names.Contains(name)).ToValueList();
            return missing.Count > 0 ? (null, $"It is not for {string.Join(", ", missing)}.")
                : links.Count > MostInChain ? (null, $"Its chain has more than {MostInChain} links.")
                : now > sight.Until ? (null, $"It ended {Day(sight.Until)}, by this machine's clock.")
                : now + Slack < sight.From ? (null, $"It begins {Day(sight.From)}, by this machine's clock.")
                : Distrust(leaf, links, wanted.From.IsTrial, roots, now < sight.From ? sight.From : now) is { Length: > 0 } why ? (null, why)
                : (sight, "");
        }
        catch (CryptographicException)
        {
            // Not told further: words about a key may hold a part of it.
            return (null, "It cannot be read, or the key does not fit.");
        }
        catch (ArgumentException)
        {
            return (null, "It cannot be read, or the key does not fit.");
        }
    }

    /// <summary>Of one that was proven before: null when it cannot be read, or the two do not fit.</summary>
    public static PublicSight? Again(string chain, string key)
    {
        try
        {
            using var leaf = X509Certificate2.CreateFromPem(chain, key);
            return SightOf(leaf, chain);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static PublicSight SightOf(X509Certificate2 leaf, string chain) =>
        new(CertificateMaker.NamesOf(leaf), new(leaf.NotBefore.ToUniversalTime()), new(leaf.NotAfter.ToUniversalTime()), chain, leaf.GetCertHashString(HashAlgorithmName.SHA256));

    /// <summary>Empty when it leads to a root that is trusted. Of a trial the root is nobody's, but each link must have made the next.</summary>
    private static string Distrust(X509Certificate2 leaf, X509Certificate2Collection links, bool isTrial, string roots, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = now.UtcDateTime;
        policy.ApplicationPolicy.Add(new Oid(ServerUse));
        policy.ExtraStore.AddRange(links);
        if (roots.Length > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.ImportFromPem(roots);
        }

        if (isTrial)
        {
            policy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        }

        return chain.Build(leaf) && (!isTrial || chain.ChainElements.Count > 1) ? ""
            : $"It leads to no root that is trusted here: {string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct())}";
    }

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
