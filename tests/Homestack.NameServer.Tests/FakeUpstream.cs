using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Homestack.NameServer.Tests;

/// <summary>An upstream that answers as a script says, on UDP and TCP of one port; with a certificate, TLS (or HTTPS) in place of TCP.</summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    private readonly UdpClient udp;
    private readonly TcpListener tcp;
    private readonly CancellationTokenSource end = new();
    private readonly Func<byte[], bool, IEnumerable<byte[]>> script;
    private readonly X509Certificate2? certificate;
    private readonly bool isHttps;
    private readonly TimeSpan delay;
    private int questions;

    // The script gets a question and whether it came over TCP, and gives the answers to send.
    public FakeUpstream(Func<byte[], bool, IEnumerable<byte[]>> script, X509Certificate2? certificate = null, bool isHttps = false, IPAddress? address = null, TimeSpan delay = default)
    {
        this.script = script;
        this.certificate = certificate;
        this.isHttps = isHttps;
        this.delay = delay;
        (tcp, udp) = Bind(address ?? IPAddress.Loopback);
        EndPoint = (IPEndPoint)tcp.LocalEndpoint;
        _ = ServeUdpAsync();
        _ = ServeTcpAsync();
    }

    public IPEndPoint EndPoint { get; }

    public ConcurrentQueue<(int Port, byte[] Query)> Asked { get; } = new();

    /// <summary>Questions over UDP, and over TCP those that were read.</summary>
    public int Questions => questions;

    public UpstreamAddress Address(UpstreamTransport transport = UpstreamTransport.Udp, string? name = null) => new(transport, EndPoint, name);

    public static FakeUpstream Answering(Func<FakeAnswer, FakeAnswer> answer) => new((query, _) => [answer(FakeAnswer.To(query)).Bytes]);

    public static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        udp.Dispose();
        tcp.Dispose();
    }

    /// <summary>One port that is free for both.</summary>
    private static (TcpListener Tcp, UdpClient Udp) Bind(IPAddress address)
    {
        for (var tries = 0; ; tries++)
        {
            var tcp = new TcpListener(address, 0);
            try
            {
                tcp.Start();
                return (tcp, new UdpClient((IPEndPoint)tcp.LocalEndpoint));
            }
            catch (SocketException) when (tries < 20)
            {
                tcp.Dispose();
            }
        }
    }

    private async Task ServeUdpAsync()
    {
        while (!end.IsCancellationRequested)
        {
            var packet = await udp.ReceiveAsync(end.Token);
            Interlocked.Increment(ref questions);
            Asked.Enqueue((packet.RemoteEndPoint.Port, packet.Buffer));
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, end.Token);
            }

            foreach (var answer in script(packet.Buffer, false))
            {
                await udp.SendAsync(answer, packet.RemoteEndPoint, end.Token);
            }
        }
    }

    private async Task ServeTcpAsync()
    {
        while (!end.IsCancellationRequested)
        {
            var client = await tcp.AcceptTcpClientAsync(end.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        Stream stream = client.GetStream();
        if (certificate is not null)
        {
            var encrypted = new SslStream(stream);
            await encrypted.AuthenticateAsServerAsync(certificate);
            stream = encrypted;
        }

        while (true)
        {
            var query = isHttps ? await ReadHttpAsync(stream) : await ReadFrameAsync(stream);
            Interlocked.Increment(ref questions);
            foreach (var answer in script(query, true))
            {
                byte[] head = isHttps
                    ? Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/dns-message\r\nContent-Length: {answer.Length}\r\n\r\n")
                    : [(byte)(answer.Length >> 8), (byte)answer.Length];
                await stream.WriteAsync((byte[])[.. head, .. answer], end.Token);
            }
        }
    }

    private async Task<byte[]> ReadFrameAsync(Stream stream)
    {
        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, end.Token);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(message, end.Token);
        return message;
    }

    private async Task<byte[]> ReadHttpAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, end.Token);
            head.Append((char)one[0]);
        }

        var text = head.ToString();
        Assert.StartsWith("POST /dns-query ", text, StringComparison.Ordinal);
        Assert.Contains("application/dns-message", text, StringComparison.Ordinal);
        var length = int.Parse(text.Split("Content-Length: ")[1].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, end.Token);
        return body;
    }
}
