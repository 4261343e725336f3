using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Homestack.Front.Requests;

/// <summary>The first look at a request: refuses what is ambiguous before anything is decided by it.</summary>
internal static class RequestGate
{
    private const string WebSocket = "websocket";

    /// <returns>0 when it may pass; else the status to refuse it with.</returns>
    public static int Read(HttpContext http, out CanonicalRequest canonical)
    {
        canonical = default;
        var request = http.Request;
        if (!HasOneLength(request) || HasTwoHosts(request))
        {
            return StatusCodes.Status400BadRequest;
        }

        var sent = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (sent == "*")
        {
            return StatusCodes.Status400BadRequest;
        }

        if (!IsMethodAllowed(http))
        {
            return StatusCodes.Status405MethodNotAllowed;
        }

        if (!HostRules.TryRead(request.Host.Value ?? "", out var authority, out var hostLength))
        {
            return StatusCodes.Status400BadRequest;
        }

        if (TargetRules.Origin(sent, request.Scheme, authority) is not { } target || !TargetRules.IsPlain(target, out var pathLength))
        {
            return StatusCodes.Status400BadRequest;
        }

        // The certificate, and with it the zone's view, was chosen by the name in the handshake (RFC 9110 §15.5.20).
        canonical = new(authority, hostLength, target, pathLength);
        if (request.IsHttps && !canonical.Host.Equals(http.Features.Get<ITlsHandshakeFeature>()?.HostName ?? "", StringComparison.OrdinalIgnoreCase))
        {
            return StatusCodes.Status421MisdirectedRequest;
        }

        ForgetOtherUpgrades(request);
        return 0;
    }

    /// <summary>Of two lengths one is a lie (RFC 9112 §6.3). Kestrel has renamed the second one by now.</summary>
    private static bool HasOneLength(HttpRequest request)
    {
        var codings = request.Headers.TransferEncoding;
        return codings.Count == 0
            || (codings.Count == 1 && string.Equals(codings[0], "chunked", StringComparison.OrdinalIgnoreCase) && request.ContentLength is null
                && !request.Headers.ContainsKey("X-Content-Length") && request.Protocol == HttpProtocol.Http11);
    }

    private static bool HasTwoHosts(HttpRequest request) => request.Headers.Host.Count != 1;

    /// <summary>No tunnel and no echo; a CONNECT that asks for a WebSocket over HTTP/2 (RFC 8441) is none.</summary>
    private static bool IsMethodAllowed(HttpContext http) => http.Request.Method switch
    {
        "GET" or "POST" or "HEAD" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" => true,
        "CONNECT" => http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: var protocol } && string.Equals(protocol, WebSocket, StringComparison.OrdinalIgnoreCase),
        var method => !method.Equals("TRACE", StringComparison.OrdinalIgnoreCase) && !method.Equals("TRACK", StringComparison.OrdinalIgnoreCase) && !method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Only WebSockets are upgraded to; any other wish is not heard (RFC 9110 §7.8 allows that).</summary>
    private static void ForgetOtherUpgrades(HttpRequest request)
    {
        var upgrade = request.Headers.Upgrade;
        if (upgrade.Count > 0 && !(upgrade.Count == 1 && string.Equals(upgrade[0], WebSocket, StringComparison.OrdinalIgnoreCase) && request.Method == "GET"))
        {
            request.Headers.Remove(HeaderNames.Upgrade);
        }
    }
}
