using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Homestack.Front.Requests;
using Homestack.Front.Upstreams;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Homestack.Front.Forwarding;

/// <summary>One request to an application and its answer.</summary>
/// <param name="http">The visitor's request.</param>
/// <param name="visitor">Who asked.</param>
/// <param name="request">What was asked.</param>
/// <param name="isOwnName">The application hears the name that the visitor used; else its own.</param>
/// <param name="hsts">What browsers are told about HTTPS; empty for nothing.</param>
internal sealed class UpstreamExchange(HttpContext http, Visitor visitor, CanonicalRequest request, bool isOwnName, string hsts)
{
    private const int MostInterim = 8;

    // Over HTTP/1.1 a request ends early with its connection, whose token costs nothing; that of a request is made anew for each.
    private readonly CancellationToken gone = HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<IConnectionLifetimeFeature>() is { } connection ? connection.ConnectionClosed : http.RequestAborted;
    private readonly bool isHead = http.Request.Method == "HEAD";
    private readonly IHttpUpgradeFeature? upgrade = http.Request.Headers.Upgrade.Count > 0 && http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } feature ? feature : null;
    private readonly IHttpExtendedConnectFeature? connect = http.Request.Method == "CONNECT" ? http.Features.Get<IHttpExtendedConnectFeature>() : null;

    /// <summary>May have a body.</summary>
    public bool HasBody { get; } = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not false;

    /// <summary>What to tell a visitor who was refused.</summary>
    public int Refusal { get; private set; } = StatusCodes.Status400BadRequest;

    private bool IsSocket => upgrade is not null || connect is not null;

    /// <summary>Means the same when it is sent twice, and can be (RFC 9110 §9.2.2).</summary>
    private bool IsRepeatable => !HasBody && !IsSocket && http.Request.Method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE";

    /// <summary>Asks one address of the application.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ExchangeEnd> SendAsync(UpstreamPool pool)
    {
        while (true)
        {
            UpstreamConnection? connection;
            try
            {
                connection = pool.Take(IsRepeatable) ?? await pool.ConnectAsync(gone).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                return gone.IsCancellationRequested ? ExchangeEnd.Gone : ExchangeEnd.Dead;
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException)
            {
                return ExchangeEnd.Broken;
            }

            var isTriedAgain = connection.IsUsed && IsRepeatable;
            var end = await SendAsync(pool, connection).ConfigureAwait(false);
            if (end != ExchangeEnd.Stale || gone.IsCancellationRequested)
            {
                return end == ExchangeEnd.Stale ? ExchangeEnd.Gone : end;
            }

            if (!isTriedAgain)
            {
                return ExchangeEnd.Broken;
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ExchangeEnd> SendAsync(UpstreamPool pool, UpstreamConnection connection)
    {
        BodySender? body = null;
        var sending = Task.CompletedTask;
        var isLasting = false;
        var end = ExchangeEnd.Broken;
        var cut = gone.UnsafeRegister(static state => (state as UpstreamConnection)?.Dispose(), connection);
        try
        {
            var framing = IsSocket ? default : BodyFraming.Of(http.Request, HasBody);
            var socketKey = connect is not null ? RequestHead.NewSocketKey() : upgrade is not null ? "" : null;
            connection.Outgoing.ResetWrittenCount();
            if (!RequestHead.TryWrite(connection.Outgoing, http, visitor, request, pool, isOwnName, framing, socketKey))
            {
                return end = ExchangeEnd.Refused;
            }

            await connection.SendAsync(connection.Outgoing.WrittenMemory).ConfigureAwait(false);
            if (HasBody && !IsSocket)
            {
                body = new(http.Request.BodyReader, connection, framing);
                sending = body.RunAsync();
            }

            (end, isLasting) = await AnswerAsync(connection).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            end = connection.HasAnswered ? ExchangeEnd.Broken : ExchangeEnd.Stale;
        }
        finally
        {
            await cut.DisposeAsync().ConfigureAwait(false);
            if (!sending.IsCompleted)
            {
                body?.Stop();
            }

            await sending.ConfigureAwait(false);
            if (isLasting && body?.IsWhole is not false)
            {
                pool.LayDown(connection);
            }
            else
            {
                pool.Discard(connection);
            }
        }

        return end == ExchangeEnd.Done ? end : Failed(end, connection, body);
    }

    /// <summary>Says what went wrong; breaks off what had begun.</summary>
    private ExchangeEnd Failed(ExchangeEnd end, UpstreamConnection connection, BodySender? body)
    {
        Refusal = body?.Refusal ?? Refusal;
        if (http.Response.HasStarted)
        {
            http.Abort();
            return ExchangeEnd.Done;
        }

        return gone.IsCancellationRequested ? ExchangeEnd.Gone
            : body is { IsVisitorsFault: true } ? ExchangeEnd.Refused
            : connection.IsSilent ? ExchangeEnd.Silent
            : end;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(ExchangeEnd End, bool IsLasting)> AnswerAsync(UpstreamConnection connection)
    {
        var head = connection.Head;
        for (var turn = 0; turn == 0 || head.IsInterim; turn++)
        {
            var seen = 0;
            for (var reading = HeadReading.More; reading != HeadReading.Whole;)
            {
                if (connection.Buffered.Length == seen && connection.Came(await connection.ComingAsync().ConfigureAwait(false)) == 0)
                {
                    return (connection.HasAnswered ? ExchangeEnd.Broken : ExchangeEnd.Stale, false);
                }

                reading = head.TryRead(connection.Buffered, seen, out var size);
                seen = connection.Buffered.Length;
                connection.Take(size);
                if (reading == HeadReading.Bad || turn == MostInterim)
                {
                    return (ExchangeEnd.Broken, false);
                }
            }
        }

        if (head.Status == StatusCodes.Status101SwitchingProtocols)
        {
            return (IsSocket && AnswerHeaders.IsWebSocket(head) ? await TunnelAsync(connection).ConfigureAwait(false) : ExchangeEnd.Broken, false);
        }

        // To an extended CONNECT any 2xx would say that a WebSocket has begun (RFC 8441 §4).
        return connect is not null && head.Status is >= 200 and < 300 ? (ExchangeEnd.Broken, false) : await CopyAsync(connection, head).ConfigureAwait(false);
    }

    private async ValueTask<(ExchangeEnd End, bool IsLasting)> CopyAsync(UpstreamConnection connection, AnswerHead head)
    {
        AnswerHeaders.Copy(head, http.Response, hsts);
        var isWhole = true;
        var hasBody = head.HasBody(isHead);
        var isLasting = head.IsLasting && (hasBody ? head.IsChunked || head.Length is not null : isHead || head.Status == StatusCodes.Status304NotModified || (!head.IsChunked && head.Length is null or 0));
        if (hasBody)
        {
            // The head stands in the listener's buffer from here on, and what is written goes behind it without another copy.
            await http.Response.StartAsync().ConfigureAwait(false);
        }

        if (hasBody && head.Length is { } length)
        {
            isWhole = await AnswerBody.CopyAsync(connection, http.Response.BodyWriter, length).ConfigureAwait(false);
        }
        else if (hasBody)
        {
            var size = new AnswerSize();
            http.Features.Set(size);
            isWhole = await (head.IsChunked ? AnswerBody.CopyChunksAsync(connection, http.Response, size) : AnswerBody.CopyRestAsync(connection, http.Response.BodyWriter, size)).ConfigureAwait(false);
        }

        if (isWhole)
        {
            return (ExchangeEnd.Done, isLasting);
        }

        // Part of it is on its way to the visitor: that it broke off must be seen.
        http.Abort();
        return (ExchangeEnd.Done, false);
    }

    private async ValueTask<ExchangeEnd> TunnelAsync(UpstreamConnection connection)
    {
        Stream stream;
        if (upgrade is not null)
        {
            http.Response.Headers.Upgrade = "websocket";
            AnswerHeaders.CopySocket(connection.Head, http.Response);
            stream = await upgrade.UpgradeAsync().ConfigureAwait(false);
        }
        else if (connect is not null)
        {
            AnswerHeaders.CopySocket(connection.Head, http.Response);
            http.Response.StatusCode = StatusCodes.Status200OK;
            stream = await connect.AcceptAsync().ConfigureAwait(false);
        }
        else
        {
            return ExchangeEnd.Broken;
        }

        await using var ended = stream.ConfigureAwait(false);
        await SocketTunnel.RunAsync(stream, connection, gone).ConfigureAwait(false);
        return ExchangeEnd.Done;
    }
}
