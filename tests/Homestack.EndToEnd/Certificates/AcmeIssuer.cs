using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Certificates;

/// <summary>Let's Encrypt's own test issuer, pebble, with the public DNS that it looks at. Each start is a new issuer with a new root that has forgotten every account.</summary>
internal sealed partial class AcmeIssuer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(40);

    private readonly DockerEngine engine;
    private readonly string folder;
    private readonly RunningProgram names;
    private readonly HttpClient client;
    private RunningProgram? program;

    private AcmeIssuer(DockerEngine engine, string domain, string address)
    {
        this.engine = engine;
        folder = Directory.CreateDirectory(Path.Combine(engine.Folder, "acme")).FullName;
        names = RunningProgram.Start(["pebble-challtestsrv", "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dns01", $"127.0.0.1:{engine.Port(60)}", "-http01", "", "-https01", "", "-tlsalpn01", "", "-management", $"127.0.0.1:{engine.Port(61)}"]);
        Dns = new(address, domain, new(IPAddress.Loopback, engine.Port(60)));
        MakeCertificate();
        client = new(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
    }

    public PublicDns Dns { get; }

    public string Address => $"https://127.0.0.1:{engine.Port(62)}/dir";

    /// <summary>PEM: what the issuer's own address is known by, and the root that vouches for what it gives.</summary>
    public string Roots => Path.Combine(folder, "roots.pem");

    /// <summary>Where changes of the public DNS are asked for.</summary>
    public string Management => $"http://127.0.0.1:{engine.Port(61)}";

    /// <summary>Not started yet.</summary>
    /// <param name="engine">For folder and ports.</param>
    /// <param name="domain">The one zone of the public DNS.</param>
    /// <param name="address">Where that DNS is; empty: at an address of this engine's own.</param>
    public static AcmeIssuer For(DockerEngine engine, string domain, string address = "") =>
        new(engine, domain, address.Length > 0 ? address : string.Create(CultureInfo.InvariantCulture, $"127.0.53.{((engine.Port(0) - 20000) / 100 % 250) + 1}"));

    /// <param name="httpPort">Where it asks for HTTP-01.</param>
    /// <param name="life">Of a certificate, in seconds.</param>
    /// <param name="rejects">Percent of good nonces that it refuses.</param>
    public async Task StartAsync(int httpPort, int life, int rejects)
    {
        var settings = Path.Combine(folder, "pebble.json");
        await File.WriteAllTextAsync(settings, $$"""
            { "pebble": { "listenAddress": "127.0.0.1:{{engine.Port(62)}}", "managementListenAddress": "127.0.0.1:{{engine.Port(63)}}", "certificate": "{{folder}}/tls.pem", "privateKey": "{{folder}}/tls.key",
              "httpPort": {{httpPort}}, "tlsPort": {{engine.Port(64)}}, "ocspResponderURL": "", "externalAccountBindingRequired": false, "certificateValidityPeriod": {{life}} } }
            """);
        program = RunningProgram.Start(["pebble", "-config", settings, "-dnsserver", $"{Dns.Address}:53"],
            new Dictionary<string, string?> { ["PEBBLE_VA_NOSLEEP"] = "1", ["PEBBLE_WFE_NONCEREJECT"] = rejects.ToString(CultureInfo.InvariantCulture), ["PEBBLE_AUTHZREUSE"] = "0" });
        await Eventually.BecomesTrueAsync(IsThereAsync, StartLimit, "pebble answers");
        var root = await client.GetStringAsync(new Uri($"https://127.0.0.1:{engine.Port(63)}/roots/0"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Roots, await File.ReadAllTextAsync(Path.Combine(folder, "tls.pem"), TestContext.Current.CancellationToken) + "\n" + root, TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it; what it did in this life.</summary>
    public async Task<(int Orders, int Accounts)> StopAsync()
    {
        if (program is not { } running)
        {
            return (0, 0);
        }

        program = null;
        running.Signal(Signals.Terminate);
        var said = (await running.EndAsync(StartLimit)).Said;
        await running.DisposeAsync();
        return (Orders().Count(said), Accounts().Count(said));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await names.DisposeAsync();
        await Dns.DisposeAsync();
        client.Dispose();
    }

    private async Task<bool> IsThereAsync()
    {
        try
        {
            return (await client.GetAsync(new Uri(Address))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=issuer", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "tls.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Roots, certificate.ExportCertificatePem());
    }

    [GeneratedRegex("Added order ")]
    private static partial Regex Orders();

    [GeneratedRegex(@"There are now \d+ accounts")]
    private static partial Regex Accounts();
}
