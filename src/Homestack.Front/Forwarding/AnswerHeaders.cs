using System.Runtime.InteropServices;
using Homestack.Front.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Homestack.Front.Forwarding;

/// <summary>Fields of an application's answer → fields of ours.</summary>
internal static class AnswerHeaders
{
    /// <summary>Status and fields; the length of the body too, where one can be.</summary>
    /// <param name="head">What the application said.</param>
    /// <param name="response">Receives it.</param>
    /// <param name="hsts">What browsers are told about HTTPS; empty for nothing.</param>
    public static void Copy(AnswerHead head, HttpResponse response, string hsts)
    {
        response.StatusCode = head.Status;
        CopyFields(head, response.Headers, isSocket: false);
        response.ContentLength = head.Status is 204 or 205 ? null : head.Length;
        if (hsts.Length > 0)
        {
            response.Headers.StrictTransportSecurity = hsts;
        }
    }

    /// <summary>Fields alone, for the answer that begins a WebSocket.</summary>
    public static void CopySocket(AnswerHead head, HttpResponse response) => CopyFields(head, response.Headers, isSocket: true);

    /// <summary>What an application says after the body. Nothing there changes what was said before it (RFC 9110 §6.5.1).</summary>
    public static void CopyTrailers(List<FieldLine> trailers, HttpResponse response)
    {
        if (!response.SupportsTrailers())
        {
            return;
        }

        foreach (var (name, value) in trailers)
        {
            if (HeaderRules.MayReturn(name) && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
            {
                response.AppendTrailer(name, value);
            }
        }
    }

    /// <summary>Whether a 101 is the one that was asked for.</summary>
    public static bool IsWebSocket(AnswerHead head) => head.Fields.Any(field => field.Is("Upgrade") && field.Value.Equals("websocket", StringComparison.OrdinalIgnoreCase));

    private static void CopyFields(AnswerHead head, IHeaderDictionary headers, bool isSocket)
    {
        var named = NamedBy(head);
        foreach (ref readonly var field in CollectionsMarshal.AsSpan(head.Fields))
        {
            if (HeaderRules.MayReturn(field.Name) && named?.Contains(field.Name) is not true && !field.Is("Content-Length") && !(isSocket && field.Is("Sec-WebSocket-Accept") && headers is { Upgrade.Count: 0 }))
            {
                headers[field.Name] = headers.TryGetValue(field.Name, out var before) ? StringValues.Concat(before, field.Value) : field.Value;
            }
        }
    }

    private static HashSet<string>? NamedBy(AnswerHead head)
    {
        HashSet<string>? all = null;
        foreach (ref readonly var field in CollectionsMarshal.AsSpan(head.Fields))
        {
            if (field.Is("Connection") && HeaderRules.NamedBy(field.Value) is { } named)
            {
                named.UnionWith(all ?? []);
                all = named;
            }
        }

        return all;
    }
}
