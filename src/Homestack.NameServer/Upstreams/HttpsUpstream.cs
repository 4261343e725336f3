using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Homestack.NameServer.Upstreams;

/// <summary>Asks with POST over HTTPS, always at the given address.</summary>
/// <remarks><para>Source: RFC 8484 §4.1 (POST, id 0), §5.1, §6 (media type).</para></remarks>
internal sealed class HttpsUpstream : IUpstreamTransport
{
    private const string MediaType = "application/dns-message";

    private readonly HttpClient client;
    private readonly Uri uri;

    public HttpsUpstream(UpstreamAddress address, X509Certificate2Collection? roots)
    {
        uri = new UriBuilder("https", address.ServerName ?? address.EndPoint.Address.ToString(), address.EndPoint.Port, address.Path).Uri;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = UpstreamTrust.For(address, roots),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectCallback = (_, cancellationToken) => ConnectAsync(address.EndPoint, cancellationToken),
        })
        {
            DefaultRequestVersion = HttpVersion.Version20,
            MaxResponseContentBufferSize = ushort.MaxValue,
        };
    }

    public async Task<byte[]?> ExchangeAsync(byte[] name, RecordType type, bool wantsDnssec, QuestionBudget budget, bool isLast, CancellationToken cancellationToken)
    {
        var query = UpstreamQuery.Create(name, type, wantsDnssec, hasRandomId: false, hasRandomCase: false);
        using var content = new ByteArrayContent(query.Packet);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        using var response = await client.PostAsync(uri, content, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType != MediaType)
        {
            return null;
        }

        var message = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return query.IsAnsweredBy(message) ? message : null;
    }

    public void Dispose() => client.Dispose();

    private static async ValueTask<Stream> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
