using Homestack.Front.Listening;
using Homestack.Machine;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Homestack.Front.Control;

/// <summary>The socket that the engine speaks to the front through.</summary>
internal sealed class ControlListener : IAsyncDisposable
{
    private const int MostConnections = 16;

    private readonly KestrelServer server;
    private readonly string path;

    private ControlListener(string path)
    {
        this.path = path;
        server = KestrelPart.Make(options =>
        {
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            options.ListenUnixSocket(path, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(KnowTheCaller);
            });
        }, mayWait: true);
    }

    /// <summary>Listens. The caller holds the folder's lock, so a socket that is there is a dead one.</summary>
    public static async Task<ControlListener> StartAsync(string path, ControlApplication application, CancellationToken cancellationToken)
    {
        SocketFile.Clear(path);
        var listener = new ControlListener(path);
        await listener.server.StartAsync(application, cancellationToken).ConfigureAwait(false);
        SocketFile.Protect(path);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await server.StopAsync(limit.Token).ConfigureAwait(false);
        server.Dispose();
        SocketFile.Remove(path);
    }

    private static ConnectionDelegate KnowTheCaller(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(new Caller(PeerCredentials.Of(connection.Features.Get<IConnectionSocketFeature>()?.Socket)));
        return next(connection);
    };
}
