using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.Planes.Certificates;

/// <summary>What public issuers are asked for, what they gave, and the tries between, as files that only their owner reads.</summary>
/// <param name="disk">Where; it makes files 0600 and folders 0700.</param>
/// <param name="folder">Absolute.</param>
public sealed class PublicStore(IDisk disk, string folder)
{
    private const long Limit = 1 << 20;
    private const string AskedFile = "asked.json", OrdersFile = "orders.json", LockFile = "lock", CertificateMark = "-----BEGIN CERTIFICATE-----";

    /// <summary>Where the issuer's client keeps its account and leaves what it got.</summary>
    public string ClientFolder => Path.Combine(folder, "lego");

    /// <summary>What the engine was told to get, sorted.</summary>
    public ValueList<PublicCertificate> Asked() =>
        Text(AskedFile) is { Length: > 0 } text ? Read(text, () => JsonSerializer.Deserialize(text, CertificatesJson.Default.ValueListPublicCertificate)) ?? [] : [];

    public void Ask(PublicCertificate certificate)
    {
        var before = Asked();
        if (before.FirstOrDefault(asked => asked.Name == certificate.Name) is { } known && known != certificate)
        {
            // Whoever corrected something does not wait for the end of a long pause; the hour between two orders stays.
            Remember(certificate, RecordOf(certificate) with { Failures = 0, Words = "" });
        }

        Keep(before.Where(asked => asked.Name != certificate.Name).Append(certificate));
    }

    public void Forget(string name) => Keep(Asked().Where(asked => asked.Name != name));

    public OrderRecord RecordOf(PublicCertificate certificate) => Records().TryGetValue(certificate.Key, out var record) ? record : new();

    public void Remember(PublicCertificate certificate, OrderRecord record) =>
        Write(OrdersFile, JsonSerializer.SerializeToUtf8Bytes(Records().Where(known => known.Key != certificate.Key).Append(new(certificate.Key, record)).ToValueMap(), CertificatesJson.Default.ValueMapOrderRecord));

    /// <summary>What is there; null: nothing that can be used.</summary>
    public PublicSight? Load(PublicCertificate certificate) =>
        Text(PathOf(certificate)) is { Length: > 0 } both && Split(both) is var (chain, key) ? CertificateProof.Again(chain, key) : null;

    /// <summary>Keeps a certificate that was proven, with its key in the same file: there is no moment when one is new and the other old.</summary>
    public void Keep(PublicCertificate certificate, PublicSight sight)
    {
        Write(PathOf(certificate), Encoding.UTF8.GetBytes(NextKey(certificate) + "\n" + sight.Chain.Trim() + "\n"));
        disk.Delete(Path.Combine(folder, NextKeyOf(certificate)));
    }

    /// <summary>What the front is to show before the home's own, in the order of what was asked.</summary>
    public ValueList<FrontCertificate> Served() => Asked().SelectMany(asked =>
        Text(PathOf(asked)) is { Length: > 0 } both && Split(both) is var (chain, key) && CertificateProof.Again(chain, key) is { } sight ? new[] { new FrontCertificate(sight.Names, chain, key, asked.From.IsTrial || asked.From.Roots.Length > 0) } : []).ToValueList();

    /// <summary>The key for the next certificate, PEM. Made once and kept until the certificate is there, so that what an issuer gave after we ended is still of use.</summary>
    public string NextKey(PublicCertificate certificate)
    {
        if (Text(NextKeyOf(certificate)) is { Length: > 0 } known)
        {
            return known;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = key.ExportPkcs8PrivateKeyPem();
        Write(NextKeyOf(certificate), Encoding.UTF8.GetBytes(made));
        return made;
    }

    /// <summary>The request that goes to the issuer (RFC 2986), as a file. The key does not leave this folder.</summary>
    public string Request(PublicCertificate certificate)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(NextKey(certificate));
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in certificate.Names)
        {
            alternatives.AddDnsName(name);
        }

        var request = new CertificateRequest(new X500DistinguishedName(""), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(alternatives.Build());
        var file = Path.Combine(certificate.IssuerFolder, certificate.FileName + ".csr");
        Write(file, Encoding.ASCII.GetBytes(request.CreateSigningRequestPem()));
        return Path.Combine(folder, file);
    }

    /// <summary>Held by whoever asks an issuer; null while another one does.</summary>
    public IDisposable? TryLock()
    {
        disk.MakeFolders(folder);
        return disk.TryLock(Path.Combine(folder, LockFile), "an issuer is being asked"u8);
    }

    /// <summary>Every try, by <see cref="PublicCertificate.Key"/>.</summary>
    public ValueMap<OrderRecord> Records() =>
        Text(OrdersFile) is { Length: > 0 } text ? Read(text, () => JsonSerializer.Deserialize(text, CertificatesJson.Default.ValueMapOrderRecord)) ?? ValueMap<OrderRecord>.Empty : ValueMap<OrderRecord>.Empty;

    private void Keep(IEnumerable<PublicCertificate> certificates) =>
        Write(AskedFile, JsonSerializer.SerializeToUtf8Bytes(certificates.OrderBy(certificate => certificate.Name, StringComparer.Ordinal).ToValueList(), CertificatesJson.Default.ValueListPublicCertificate));

    private static string PathOf(PublicCertificate certificate) => Path.Combine(certificate.IssuerFolder, certificate.FileName + ".pem");

    private static string NextKeyOf(PublicCertificate certificate) => Path.Combine(certificate.IssuerFolder, certificate.FileName + ".next.key");

    private static (string Chain, string Key)? Split(string both) =>
        both.IndexOf(CertificateMark, StringComparison.Ordinal) is > 0 and var start ? (both[start..], both[..start]) : null;

    private static T? Read<T>(string text, Func<T?> read)
        where T : class
    {
        try
        {
            return text.Length == 0 ? null : read();
        }
        catch (JsonException)
        {
            // Another version of ours wrote it: what is wanted is told again by the next apply.
            return null;
        }
    }

    private string Text(string name) => Encoding.UTF8.GetString(disk.ReadIfThere(Path.Combine(folder, name), Limit));

    private void Write(string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        disk.MakeFolders(Path.GetDirectoryName(path) ?? folder);
        disk.WriteDurably(path, content);
    }
}
