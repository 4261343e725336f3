using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Homestack.Collections;
using Homestack.EndToEnd.Programs;
using Homestack.Fronts;
using Homestack.Machine;
using Homestack.Primitives;

namespace Homestack.EndToEnd.Networks;

/// <summary>The published front, a process of its own, without an engine: what attacks it is this test, and what it takes is read from <c>/proc</c>.</summary>
internal sealed class FrontAlone : IAsyncDisposable
{
    public const string Domain = "home.test";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly RunningProgram program;

    private FrontAlone(RunningProgram program, string folder, int port, string authority)
    {
        this.program = program;
        Folder = folder;
        Port = port;
        AuthorityFile = authority;
        Client = new(new RealDisk(), folder);
    }

    public string Folder { get; }

    public int Port { get; }

    /// <summary>The tests' own root, PEM.</summary>
    public string AuthorityFile { get; }

    /// <summary>To give it other snapshots.</summary>
    public FrontClient Client { get; }

    public int ProcessId => program.Id;

    public bool HasEnded => program.HasEnded;

    /// <summary>Resident, in MiB.</summary>
    public double Resident => double.Parse(File.ReadLines($"/proc/{program.Id}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', '\t', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    public int Descriptors => Directory.GetFiles($"/proc/{program.Id}/fd").Length;

    /// <param name="services">Name below the domain, and the port on loopback where it answers.</param>
    public static async Task<FrontAlone> StartAsync(params (string Name, int Port)[] services)
    {
        var folder = Directory.CreateTempSubdirectory("homestack-attacked-").FullName;
        var front = FrontAddress.FolderOf(folder);
        var port = FreePort();
        Directory.CreateDirectory(front);
        var (certificates, authority) = Certificates();
        Write(front, CertificatesSnapshot.Slot, certificates);
        Write(front, AddressesSnapshot.Slot, new AddressesSnapshot(services.Select(service => KeyValuePair.Create($"test/{service.Name}", (ValueList<string>)["127.0.0.1"])).ToValueMap()));
        Write(front, IngressSnapshot.Slot, Ingress(port, services));
        var file = Path.Combine(folder, "authority.pem");
        await File.WriteAllTextAsync(file, authority, TestContext.Current.CancellationToken);
        var published = Path.GetDirectoryName(Repository.Program) ?? "";
        var root = Path.Combine(published, ".dotnet");
        var environment = new Dictionary<string, string?> { ["DOTNET_ROOT"] = File.Exists(root) ? (await File.ReadAllTextAsync(root, TestContext.Current.CancellationToken)).Trim() : null, ["DOTNET_GCgen0size"] = "1000000" };
        var started = new FrontAlone(RunningProgram.Start([Path.Combine(published, "homestack-front"), "--folder", front], environment), folder, port, file);
        await Eventually.BecomesTrueAsync(() => started.Client.IsThere(), StartLimit, "the front listens");
        return started;
    }

    public static IngressSnapshot Ingress(int port, IEnumerable<(string Name, int Port)> services) => new()
    {
        Home = "test",
        Domain = Domain,
        Https = [$"127.0.0.1:{port}"],
        Zones = new Dictionary<string, ValueList<Cidr>> { ["lan"] = [Cidr.TryParse("127.0.0.0/8", out var block) && block is not null ? block : throw new FormatException()] }.ToValueMap(),
        Routes = [.. services.Select(service => new FrontRoute { Name = $"test/{service.Name}", Hosts = [$"{service.Name}.{Domain}"], Zones = ["lan"], Service = $"test/{service.Name}", Port = service.Port })],
    };

    public static byte[] Bytes<T>(T snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, typeof(T), FrontsJsonContext.Default);

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public string Url(string name, string target = "/") => string.Create(CultureInfo.InvariantCulture, $"https://{name}.{Domain}:{Port}{target}");

    public async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task<SslStream> SecureAsync(string name, SslApplicationProtocol protocol, CancellationToken cancellationToken)
    {
        var tls = new SslStream(new NetworkStream(await ConnectAsync(cancellationToken), ownsSocket: true));
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = $"{name}.{Domain}", RemoteCertificateValidationCallback = (_, _, _, _) => true, ApplicationProtocols = [protocol] }, cancellationToken);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>A well-behaved visitor.</summary>
    public HttpClient Visitor() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        ConnectCallback = async (_, cancellation) => new NetworkStream(await ConnectAsync(cancellation), ownsSocket: true),
    })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static void Write<T>(string folder, string slot, T snapshot) => File.WriteAllBytes(Path.Combine(folder, slot + ".json"), Bytes(snapshot));

    private static (CertificatesSnapshot Snapshot, string Authority) Certificates()
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Test root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(80));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=*.{Domain}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName($"*.{Domain}");
        request.CertificateExtensions.Add(names.Build());
        using var leaf = request.Create(root, now.AddDays(-1), now.AddDays(80), RandomNumberGenerator.GetBytes(8));
        return (new([new([$"*.{Domain}"], leaf.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem())], ""), root.ExportCertificatePem());
    }
}
