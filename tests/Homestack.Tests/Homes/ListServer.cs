using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Homestack.Tests.Homes;

/// <summary>A web server over TLS that answers as a test says.</summary>
internal sealed class ListServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate = Certificate();
    private readonly CancellationTokenSource end = new();

    public ListServer()
    {
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>From the head of a request to the whole answer.</summary>
    public Func<string, byte[]> Answer { get; set; } = _ => [];

    public List<string> Asked { get; } = [];

    public X509Certificate2Collection Roots => [certificate];

    public string Address => $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/list.txt";

    public static byte[] Ok(string body, string headers = "") => Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}");

    public static byte[] Other(string status, string headers = "") => Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n{headers}\r\n");

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!end.IsCancellationRequested)
        {
            _ = AnswerAsync(await listener.AcceptTcpClientAsync(end.Token));
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var owned = client;
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append(Encoding.ASCII.GetString(buffer, 0, await tls.ReadAsync(buffer, end.Token)));
        }

        lock (Asked)
        {
            Asked.Add(head.ToString());
        }

        await tls.WriteAsync(Answer(head.ToString()), end.Token);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }
}
