using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homestack.Front.Snapshots;
using Homestack.Fronts;

namespace Homestack.Front.Worlds;

/// <summary>The certificates of a snapshot, read.</summary>
/// <param name="Certificates">Of two that fit a name, the first is used.</param>
/// <param name="Authority">The home's own root, DER; empty when there is none.</param>
internal sealed record CertificateTable(IReadOnlyList<ServedCertificate> Certificates, byte[] Authority)
{
    public static readonly CertificateTable Empty = new([], []);

    private const int MostCertificates = 1024;

    /// <exception cref="SnapshotException">One cannot be used.</exception>
    public static CertificateTable Of(CertificatesSnapshot snapshot)
    {
        SnapshotException.ThrowIf(snapshot.Certificates.Count > MostCertificates, $"There are more than {MostCertificates} certificates.");
        X509Certificate2? authority = null;
        try
        {
            authority = snapshot.AuthorityPem.Length > 0 ? X509Certificate2.CreateFromPem(snapshot.AuthorityPem) : null;
            return new([.. snapshot.Certificates.Select(certificate => ServedCertificate.Of(certificate, authority))], authority?.RawData ?? []);
        }
        catch (CryptographicException exception)
        {
            throw new SnapshotException($"The home's own root cannot be read: {exception.Message}", exception);
        }
        finally
        {
            authority?.Dispose();
        }
    }

    public ServedCertificate? For(string host) => Certificates.FirstOrDefault(certificate => certificate.IsFor(host));
}
