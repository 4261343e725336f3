using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homestack.Collections;
using Homestack.Front.Naming;
using Homestack.Fronts;
using Homestack.Primitives;

namespace Homestack.Front.Tests;

/// <summary>A real front in a folder of its own, with real sockets and real TLS. Visitors from 127.0.0.2 are of the lan, from 127.0.0.3 of the vpn, others public.</summary>
internal sealed class FrontUnderTest : IAsyncDisposable
{
    public const string Lan = "127.0.0.2", Vpn = "127.0.0.3", Public = "127.0.0.4";

    // Below the ports that the kernel gives to whoever asks for any.
    private static int nextPort = 12000 + (Environment.ProcessId % 200 * 100);

    private readonly TestAuthority authority = new();
    private CancellationTokenSource stop = new();
    private Task<int> running = Task.FromResult(0);

    /// <summary>In a folder of its own, as in a state folder.</summary>
    public string Folder { get; } = Directory.CreateDirectory(Path.Combine(Directory.CreateTempSubdirectory("homestack-front-").FullName, "front")).FullName;

    public TestAuthority Authority => authority;

    public int HttpsPort { get; } = FreePort();

    public int HttpPort { get; } = FreePort();

    public IngressSnapshot Ingress { get; private set; } = new();

    public static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref nextPort);
            try
            {
                using var probe = new TcpListener(IPAddress.Any, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
            }
        }
    }

    public static async Task<FrontUnderTest> StartAsync(params FrontRoute[] routes)
    {
        var front = new FrontUnderTest();
        await front.RunAsync();
        await front.GiveAsync(routes);
        return front;
    }

    /// <summary>One that serves names, to the lan over TLS and HTTPS too.</summary>
    public static async Task<FrontUnderTest> StartNamesAsync(string host, int port, int tlsPort, params NameRecord[] records)
    {
        var front = new FrontUnderTest();
        await front.RunAsync();
        await front.GiveAsync(new FrontRoute { Name = "home/dns", Hosts = [host], Zones = ["lan"], IsNameServer = true });
        await front.TakenAsync(NamesSnapshot.Slot, new NamesSnapshot
        {
            Listen = [$"127.0.0.1:{port}"],
            Tls = [$"127.0.0.1:{tlsPort}"],
            TlsName = host,
            Views = new Dictionary<string, ValueList<Cidr>> { ["lan"] = [Block("127.0.0.2/32")], ["vpn"] = [Block("127.0.0.3/32")] }.ToValueMap(),
            Zones = [new("home.test", [.. records])],
        });
        return front;
    }

    public async Task GiveAsync(params FrontRoute[] routes)
    {
        var names = routes.SelectMany(route => route.Hosts).Append("ca.home.test").ToArray();
        await TakenAsync(CertificatesSnapshot.Slot, new CertificatesSnapshot([authority.Issue(names)], authority.Pem));
        Ingress = Snapshot(routes);
        await TakenAsync(IngressSnapshot.Slot, Ingress);
    }

    public IngressSnapshot Snapshot(params FrontRoute[] routes) => new()
    {
        Home = "test",
        Domain = "home.test",
        Https = [$"0.0.0.0:{HttpsPort}"],
        Http = [$"0.0.0.0:{HttpPort}"],
        Zones = new Dictionary<string, ValueList<Cidr>> { ["lan"] = [Block("127.0.0.2/32")], ["vpn"] = [Block("127.0.0.3/32")] }.ToValueMap(),
        Routes = [.. routes],
    };

    public static Cidr Block(string text) => Cidr.TryParse(text, out var cidr) && cidr is not null ? cidr : throw new FormatException(text);

    public static FrontRoute Proxy(string host, int port, params string[] zones) =>
        new() { Name = $"test/{host}", Hosts = [host], Zones = zones.Length == 0 ? ["lan", "public", "vpn"] : [.. zones], Service = $"test/{host}", Port = port };

    public Task LocateAsync(string host, params string[] addresses) =>
        TakenAsync(AddressesSnapshot.Slot, new AddressesSnapshot(new Dictionary<string, ValueList<string>> { [$"test/{host}"] = [.. addresses] }.ToValueMap()));

    public async Task TakenAsync<T>(string slot, T snapshot)
    {
        var (status, answer) = await PutAsync(slot, Bytes(snapshot));
        Assert.True(status == HttpStatusCode.OK, answer?.Problem);
    }

    public static byte[] Bytes<T>(T snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, typeof(T), FrontsJsonContext.Default);

    public async Task<NamesReport> NamesAsync()
    {
        using var client = Control();
        return JsonSerializer.Deserialize(await client.GetByteArrayAsync(new Uri("http://front/names"), TestContext.Current.CancellationToken), FrontsJsonContext.Default.NamesReport) ?? new();
    }

    public async Task<(HttpStatusCode Status, FrontAnswer? Answer)> PutAsync(string slot, byte[] bytes)
    {
        using var client = Control();
        using var answer = await client.PutAsync($"http://front/snapshots/{slot}", new ByteArrayContent(bytes), TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Content.Headers.ContentType is null ? null : await answer.Content.ReadFromJsonAsync<FrontAnswer>(TestContext.Current.CancellationToken));
    }

    public HttpClient Control() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Folder, "front.sock")), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <summary>A client whose connections come from an address of loopback and trust the tests' root.</summary>
    public HttpClient Client(string from = Lan) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0 },
        ConnectCallback = async (context, cancellation) => new NetworkStream(await ConnectAsync(from, context.DnsEndPoint.Port, cancellation), ownsSocket: true),
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    public static async Task<Socket> ConnectAsync(string from, int port, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
        return socket;
    }

    public string Url(string host, string target = "/") => $"https://{host}:{HttpsPort}{target}";

    public string PlainUrl(string host, string target = "/") => $"http://{host}:{HttpPort}{target}";

    /// <summary>A TLS connection for a name, HTTP/1.1.</summary>
    public async Task<SslStream> TlsAsync(string name, string from = Lan)
    {
        var tls = new SslStream(new NetworkStream(await ConnectAsync(from, HttpsPort, TestContext.Current.CancellationToken), ownsSocket: true));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, RemoteCertificateValidationCallback = (_, _, _, _) => true, ApplicationProtocols = [SslApplicationProtocol.Http11] },
            TestContext.Current.CancellationToken);
        return tls;
    }

    /// <summary>Sends bytes as they are and reads until the other side closes; says whether it did in time.</summary>
    public async Task<(string Answer, bool IsClosed)> RawAsync(string name, string request, string from = Lan)
    {
        await using var tls = await TlsAsync(name, from);
        await tls.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        return await ReadAllAsync(tls, TimeSpan.FromSeconds(3));
    }

    public static async Task<(string Answer, bool IsClosed)> ReadAllAsync(Stream stream, TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        var text = new StringBuilder();
        var buffer = new byte[16384];
        try
        {
            for (var count = await stream.ReadAsync(buffer, end.Token); count > 0; count = await stream.ReadAsync(buffer, end.Token))
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }

            return (text.ToString(), true);
        }
        catch (IOException)
        {
            return (text.ToString(), true);
        }
        catch (OperationCanceledException)
        {
            return (text.ToString(), false);
        }
    }

    public async Task RunAsync()
    {
        stop = new();
        running = new FrontProcess(new(Folder), new NamesSlot(), TimeProvider.System).RunAsync(stop.Token);
        while (!File.Exists(Path.Combine(Folder, "front.sock")))
        {
            Assert.False(running.IsCompleted, running.Exception?.ToString());
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Path.GetDirectoryName(Folder) ?? Folder, recursive: true);
    }
}
