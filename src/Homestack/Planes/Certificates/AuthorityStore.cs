using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.Planes.Certificates;

/// <summary>The home's root and certificate with their keys, as files that only their owner reads.</summary>
/// <param name="disk">Where; it makes files 0600 and folders 0700.</param>
/// <param name="folder">Absolute.</param>
/// <param name="time">The clock.</param>
public sealed class AuthorityStore(IDisk disk, string folder, TimeProvider time)
{
    private const long Limit = 1 << 20;

    private const string Authority = "authority", Home = "home";

    public void MakeAuthority(string home, string domain)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = CertificateMaker.Authority(key, home, domain, time.GetUtcNow());
        Write(Authority, certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <exception cref="MachineException">There is no root that can be used.</exception>
    public void Issue(ValueList<string> names)
    {
        using var authority = Load(Authority) ?? throw new MachineException("make a certificate", "There is no root to vouch for it.", "Try: homestack plan", MachineFailure.NotFound);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = CertificateMaker.Issue(authority, key, names, time.GetUtcNow());
        Write(Home, certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>What the front is to show: what public issuers gave, and the home's own for every other name; null while there is nothing of its own that can be used.</summary>
    /// <param name="others">From public issuers.</param>
    public CertificatesSnapshot? Snapshot(ValueList<FrontCertificate> others)
    {
        using var certificate = Load(Home);
        return certificate is null ? null : new([.. others, new(CertificateMaker.NamesOf(certificate), Text(Home, "pem"), Text(Home, "key"))], Text(Authority, "pem"));
    }

    /// <summary>Names of the home's own certificate and when it ends; null when there is none.</summary>
    public (ValueList<string> Names, DateTimeOffset Until)? Own()
    {
        using var certificate = Load(Home);
        return certificate is null ? null : (CertificateMaker.NamesOf(certificate), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
    }

    public CertificatesObserved Look(string servedDigest, ValueList<FrontCertificate> others)
    {
        using var authority = Load(Authority);
        using var certificate = authority is null ? null : Load(Home);
        var isOurs = certificate is not null && authority is not null && certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData) && CertificateMaker.IsSignedBy(certificate, authority);
        var ends = new[] { authority?.NotAfter, certificate?.NotAfter }.OfType<DateTime>().DefaultIfEmpty(DateTime.MaxValue).Min();
        var days = ends == DateTime.MaxValue ? 0 : (int)Math.Floor((ends.ToUniversalTime() - time.GetUtcNow().UtcDateTime).TotalDays);
        var snapshot = isOurs ? Snapshot(others) : null;
        return new(authority is null ? "" : CertificateMaker.DomainOf(authority), isOurs && certificate is not null ? CertificateMaker.NamesOf(certificate) : [], days,
            snapshot is not null && FrontClient.DigestOf(Snapshots.Write(snapshot)) == servedDigest);
    }

    /// <summary>Null when a file is missing, or the two do not belong together: then both are made anew.</summary>
    private X509Certificate2? Load(string name)
    {
        try
        {
            return Text(name, "pem") is { Length: > 0 } certificate && Text(name, "key") is { Length: > 0 } key ? X509Certificate2.CreateFromPem(certificate, key) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private string Text(string name, string kind)
    {
        var path = Path.Combine(folder, $"{name}.{kind}");
        return disk.Look(path) == DiskEntry.File ? Encoding.UTF8.GetString(disk.Read(path, Limit)) : "";
    }

    /// <remarks>The key first: a certificate whose key is missing does not load, so a crash between the two is seen.</remarks>
    private void Write(string name, string certificate, string key)
    {
        disk.MakeFolders(folder);
        disk.WriteDurably(Path.Combine(folder, name + ".key"), Encoding.UTF8.GetBytes(key));
        disk.WriteDurably(Path.Combine(folder, name + ".pem"), Encoding.UTF8.GetBytes(certificate));
    }
}
