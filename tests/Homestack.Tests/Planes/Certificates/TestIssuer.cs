using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Tests.Planes.Certificates;

/// <summary>Stands where lego stands: takes the request that it is given and leaves behind what an issuer would have given. Counts what it was asked.</summary>
internal sealed class TestIssuer : CommandRunner
{
    private readonly IDisk disk;
    private readonly Func<DateTimeOffset> now;
    private readonly X509Certificate2 root;

    public TestIssuer(IDisk disk, Func<DateTimeOffset> now)
    {
        (this.disk, this.now) = (disk, now);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test issuer", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddDays(1), new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    public string Pem => root.ExportCertificatePem();

    /// <summary>When it was asked, by each call.</summary>
    public List<CommandLine> Calls { get; } = [];

    public int Orders { get; private set; }

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Words of lego; empty: the order goes well.</summary>
    public string Failure { get; set; } = "";

    /// <summary>Happens in the midst of an order.</summary>
    public Action Meanwhile { get; set; } = () => { };

    /// <summary>The names it vouches for; null: those that were asked for.</summary>
    public string[]? OtherNames { get; set; }

    public override Task<CommandResult> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        Calls.Add(line);
        if (Failure.Contains("get directory at", StringComparison.Ordinal))
        {
            return Task.FromResult(new CommandResult(1, [], Encoding.UTF8.GetBytes(Failure)));
        }

        Orders++;
        Meanwhile();
        if (Failure.Length > 0)
        {
            return Task.FromResult(new CommandResult(1, [], Encoding.UTF8.GetBytes(Failure)));
        }

        Give(line);
        return Task.FromResult(new CommandResult(0, [], []));
    }

    public void Give(CommandLine line)
    {
        var arguments = line.Arguments;
        var (folder, file) = (After(arguments, "--path"), After(arguments, "--csr"));
        var asked = CertificateRequest.LoadSigningRequestPem(Encoding.UTF8.GetString(disk.Read(file, 1 << 20)), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        var names = OtherNames ?? [.. asked.CertificateExtensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames()];
        var request = new CertificateRequest(new X500DistinguishedName("CN=" + names[0]), asked.PublicKey, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        Array.ForEach(names, alternatives.AddDnsName);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var key = root.GetECDsaPrivateKey() ?? throw new InvalidOperationException("no key");
        using var certificate = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now().AddMinutes(-1), now() + Lifetime, RandomNumberGenerator.GetBytes(8));
        disk.MakeFolders(folder + "/certificates");
        disk.WriteDurably($"{folder}/certificates/{Path.GetFileNameWithoutExtension(file)}.crt", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"));
    }

    private static string After(ValueList<string> arguments, string flag) => arguments[arguments.ToList().IndexOf(flag) + 1];
}
