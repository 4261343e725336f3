using Homestack.Machine;
using Homestack.Plans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Homestack.Engine.Api;

/// <summary>The engine's unix socket: HTTP/1.1, callers known by what the kernel says of them, bodies and times bounded.</summary>
internal sealed class ApiListener : IAsyncDisposable
{
    private const string Prefix = "/api/v1";

    /// <summary>As large as a plan may be.</summary>
    private const long LargestBody = PlanJson.Limit;

    private const int MostConnections = 64;

    private readonly ApiTable table;
    private readonly Callers callers;
    private readonly Action<string> log;
    private readonly WebApplication application;

    private ApiListener(string socketPath, ApiTable table, Callers callers, Action<string> log)
    {
        this.table = table;
        this.callers = callers;
        this.log = log;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestBody;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            options.ListenUnixSocket(socketPath, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(KnowThePeer);
            });
        });
        application = builder.Build();
        application.Run(AnswerAsync);
    }

    /// <summary>Listens. The caller holds the lock of the state folder, so a socket that is there is a dead one.</summary>
    /// <param name="socketPath">Absolute.</param>
    /// <param name="table">What can be asked.</param>
    /// <param name="callers">Who may ask.</param>
    /// <param name="log">Hears of answers that broke off because of a mistake of ours.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static async Task<ApiListener> StartAsync(string socketPath, ApiTable table, Callers callers, Action<string> log, CancellationToken cancellationToken)
    {
        SocketFile.Clear(socketPath);
        var listener = new ApiListener(socketPath, table, callers, log);
        await listener.application.StartAsync(cancellationToken).ConfigureAwait(false);
        SocketFile.Protect(socketPath);
        return listener;
    }

    /// <summary>Asks every answer to end and waits: an apply ends at its next step and still tells its result.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await application.StopAsync(limit.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }

    private static ConnectionDelegate KnowThePeer(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(new Peer(PeerCredentials.Of(connection.Features.Get<IConnectionSocketFeature>()?.Socket)));
        return next(connection);
    };

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var endpoint = path.StartsWith(Prefix + "/", StringComparison.Ordinal) ? table.Find(http.Request.Method, path[Prefix.Length..]) : null;

        // Who may not do anything does not learn what there is either: the check comes before "not found".
        if (!callers.May(http.Features.Get<Peer>()?.Credentials, endpoint?.Permission ?? Permission.Read))
        {
            http.Response.Headers.Connection = "close";
            await Problems.WriteAsync(http, StatusCodes.Status403Forbidden, "This socket is for root and for the user that the engine runs as.").ConfigureAwait(false);
            return;
        }

        if (endpoint is null)
        {
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "There is no such endpoint.").ConfigureAwait(false);
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, application.Lifetime.ApplicationStopping);
        limit.CancelAfter(endpoint.Limit);
        try
        {
            await endpoint.Answer(http, limit.Token).ConfigureAwait(false);
        }
        catch (MachineException failure)
        {
            await Problems.WriteAsync(http, StatusCodes.Status502BadGateway, $"{failure.Call}: {failure.Words}", failure.Next).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Problems.WriteAsync(http, StatusCodes.Status504GatewayTimeout, "It took too long, or the engine is ending.").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or Microsoft.AspNetCore.Http.BadHttpRequestException or InvalidDataException)
        {
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, exception.Message).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The last resort of one answer: a mistake of ours is logged, said to the caller, and no other answer suffers.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            log($"error HS9001: {http.Request.Method} {path}: {bug}");
            await Problems.WriteAsync(http, StatusCodes.Status500InternalServerError, $"error HS9001: The engine made a mistake. {bug.GetType().Name}: {bug.Message}", "The engine's log has the details; please report them.").ConfigureAwait(false);
        }
    }

    /// <summary>What the kernel said of a connection's other end.</summary>
    private sealed record Peer(PeerCredentials? Credentials);
}
