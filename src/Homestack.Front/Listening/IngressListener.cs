using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Homestack.Front.Requests;
using Homestack.Front.Worlds;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Homestack.Front.Listening;

/// <summary>One address where visitors are awaited.</summary>
internal sealed class IngressListener : IOpenListener
{
    private const int MostConnections = 20_000, LargestHeaders = 32 << 10, MostHeaders = 100, LongestLine = 16 << 10;

    private static readonly TimeSpan HeaderLimit = TimeSpan.FromSeconds(10), IdleLimit = TimeSpan.FromSeconds(75), HandshakeLimit = TimeSpan.FromSeconds(10);

    private readonly KestrelServer server;
    private readonly WorldReference worlds;

    private IngressListener(ListenAddress address, WorldReference worlds)
    {
        this.worlds = worlds;
        server = KestrelPart.Make(options =>
        {
            var limits = options.Limits;
            limits.MaxRequestBodySize = null; // What is too large is for the application to say; nothing is gathered here.
            limits.MaxRequestHeadersTotalSize = LargestHeaders;
            limits.MaxRequestHeaderCount = MostHeaders;
            limits.MaxRequestLineSize = LongestLine;
            limits.RequestHeadersTimeout = HeaderLimit;
            limits.KeepAliveTimeout = IdleLimit;
            limits.MaxConcurrentConnections = MostConnections;
            limits.MaxConcurrentUpgradedConnections = MostConnections;
            limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(10));
            limits.MinResponseDataRate = new(240, TimeSpan.FromSeconds(10));
            limits.Http2.MaxStreamsPerConnection = 100;
            limits.Http2.MaxRequestHeaderFieldSize = LongestLine;
            limits.Http2.InitialStreamWindowSize = 768 << 10;
            limits.Http2.InitialConnectionWindowSize = 1 << 20;
            limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
            options.Listen(address.Endpoint, listen =>
            {
                listen.Use(KnowTheVisitor);
                listen.Protocols = address.Kind == ListenerKind.Https ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                if (address.Kind == ListenerKind.Https)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions { HandshakeTimeout = HandshakeLimit, OnConnection = ChooseCertificate });
                }

                listen.Use(FairReader.Use);
            });
        });
    }

    /// <exception cref="IOException">The address is taken.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It is no address of this machine, or we may not.</exception>
    public static async Task<IngressListener> StartAsync(ListenAddress address, WorldReference worlds, IngressApplication application, CancellationToken cancellationToken)
    {
        var listener = new IngressListener(address, worlds);
        try
        {
            await listener.server.StartAsync(application, cancellationToken).ConfigureAwait(false);
            return listener;
        }
        catch
        {
            listener.server.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task RetireAsync(TimeSpan limit)
    {
        using var cut = new CancellationTokenSource(limit);
        await server.StopAsync(cut.Token).ConfigureAwait(false);
        server.Dispose();
    }

    private static ConnectionDelegate KnowTheVisitor(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(new Visitor((connection.RemoteEndPoint as IPEndPoint)?.Address));
        return next(connection);
    };

    /// <summary>A name that does not exist from where the visitor is fails the handshake, and one that exists nowhere fails in the same way.</summary>
    private ValueTask<SslServerAuthenticationOptions> ChooseCertificate(TlsHandshakeCallbackContext handshake)
    {
        var world = worlds.Current;
        var entry = world.Find(handshake.ClientHelloInfo.ServerName, handshake.Connection.Features.Get<Visitor>()?.Address, out var _);
        return entry?.Certificate is { } certificate ? new(certificate.Tls) : throw new AuthenticationException("There is no such name.");
    }
}
