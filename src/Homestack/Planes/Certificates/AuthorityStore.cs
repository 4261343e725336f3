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

    /// <remarks>With a wildcard one certificate; else one for each name, all with the same key: a list of names in one would tell each visitor of those that are hidden from him.</remarks>
    /// <exception cref="MachineException">There is no root that can be used.</exception>
    public void Issue(ValueList<string> names)
    {
        using var authority = Load(Authority) ?? throw new MachineException("make a certificate", "There is no root to vouch for it.", "Try: homestack plan", MachineFailure.NotFound);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = new StringBuilder();
        foreach (var each in names.Any(name => name.StartsWith('*')) ? [names] : names.Select(name => (ValueList<string>)[name]))
        {
            using var certificate = CertificateMaker.Issue(authority, key, each, time.GetUtcNow());
            pem.Append(certificate.ExportCertificatePem()).Append('\n');
        }

        Write(Home, pem.ToString(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>What the front is to show: what public issuers gave, and the home's own for every other name; null while there is nothing of its own that can be used.</summary>
    /// <param name="others">From public issuers.</param>
    public CertificatesSnapshot? Snapshot(ValueList<FrontCertificate> others)
    {
        var key = Text(Home, "key");
        return LoadHome() is { Count: > 0 } own
            ? new([.. others, .. own.Select(certificate => new FrontCertificate(CertificateMaker.NamesOf(certificate), certificate.ExportCertificatePem(), key))], Text(Authority, "pem")) : null;
    }

    /// <summary>Names of the home's own certificate and when it ends; null when there is none.</summary>
    public (ValueList<string> Names, DateTimeOffset Until)? Own()
    {
        return LoadHome() is { Count: > 0 } own ? (NamesOf(own), own.Min(certificate => new DateTimeOffset(certificate.NotAfter.ToUniversalTime()))) : null;
    }

    public CertificatesObserved Look(string servedDigest, ValueList<FrontCertificate> others)
    {
        using var authority = Load(Authority);
        var own = authority is null ? [] : LoadHome();
        var isOurs = own.Count > 0 && own.All(certificate => authority is not null && certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData) && CertificateMaker.IsSignedBy(certificate, authority));
        var ends = own.Select(certificate => certificate.NotAfter).Concat(authority is null ? [] : [authority.NotAfter]).DefaultIfEmpty(DateTime.MaxValue).Min();
        var days = ends == DateTime.MaxValue ? 0 : (int)Math.Floor((ends.ToUniversalTime() - time.GetUtcNow().UtcDateTime).TotalDays);
        var snapshot = isOurs ? Snapshot(others) : null;
        return new(authority is null ? "" : CertificateMaker.DomainOf(authority), isOurs ? NamesOf(own) : [], days,
            snapshot is not null && FrontClient.DigestOf(Snapshots.Write(snapshot)) == servedDigest);
    }

    /// <summary>The home's own certificates; none when a file is missing, or the key is not theirs: then all are made anew.</summary>
    private List<X509Certificate2> LoadHome()
    {
        using var first = Load(Home);
        if (first is null)
        {
            return [];
        }

        var all = new X509Certificate2Collection();
        all.ImportFromPem(Text(Home, "pem"));
        return all.All(certificate => certificate.PublicKey.EncodedKeyValue.RawData.AsSpan().SequenceEqual(first.PublicKey.EncodedKeyValue.RawData)) ? [.. all] : [];
    }

    private static ValueList<string> NamesOf(List<X509Certificate2> certificates) => certificates.SelectMany(CertificateMaker.NamesOf).Order(StringComparer.Ordinal).ToValueList();

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

    private string Text(string name, string kind) => Encoding.UTF8.GetString(disk.ReadIfThere(Path.Combine(folder, $"{name}.{kind}"), Limit));

    /// <remarks>The key first: a certificate whose key is missing does not load, so a crash between the two is seen.</remarks>
    private void Write(string name, string certificate, string key)
    {
        disk.MakeFolders(folder);
        disk.WriteDurably(Path.Combine(folder, name + ".key"), Encoding.UTF8.GetBytes(key));
        disk.WriteDurably(Path.Combine(folder, name + ".pem"), Encoding.UTF8.GetBytes(certificate));
    }
}
