using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Homestack.Front.Requests;
using Homestack.Front.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Homestack.Front.Forwarding;

/// <summary>Writes what an application is asked. It is built anew: nothing is in it that was not let pass by name or made here.</summary>
/// <remarks><para>Source: RFC 9112 §3, §5; RFC 9113 §8.2.3 (cookies), RFC 8441 §5 and RFC 6455 §4.1 (WebSockets that were asked for over HTTP/2).</para></remarks>
internal static class RequestHead
{
    // All control characters but the tab. The listener lets none through; over HTTP/2 one would end a line that is written here.
    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Where(value => value != '\t').Select(value => (byte)value)]);

    /// <param name="to">Receives it.</param>
    /// <param name="http">The visitor's request.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="pool">Whom.</param>
    /// <param name="isOwnName">The application hears the name that the visitor used; else its own.</param>
    /// <param name="body">How long it will be.</param>
    /// <param name="socketKey">Asks for a WebSocket: the visitor's own key when empty, else this; null when none is asked for.</param>
    /// <returns>False when it cannot be written with one meaning only.</returns>
    public static bool TryWrite(ArrayBufferWriter<byte> to, HttpContext http, Visitor visitor, in CanonicalRequest request, UpstreamPool pool, bool isOwnName, BodyFraming body, string? socketKey)
    {
        var headers = http.Request.Headers;
        to.Write(Method(socketKey is null ? http.Request.Method : "GET"));
        to.Write(pool.Path.Span);
        var isFine = Text(to, request.Target);
        to.Write(" HTTP/1.1\r\nHost: "u8);
        if (isOwnName)
        {
            isFine &= Text(to, request.Authority);
        }
        else
        {
            to.Write(pool.Host.Span);
        }

        to.Write("\r\n"u8);
        var named = HeaderRules.NamedBy(headers.Connection);
        foreach (var (name, values) in headers)
        {
            if (HeaderRules.MayPass(name) && named?.Contains(name) is not true && !(socketKey is { Length: > 0 } && name.Equals("Sec-WebSocket-Key", StringComparison.OrdinalIgnoreCase)))
            {
                isFine &= Field(to, name, HeaderRules.One(name, values));
            }
        }

        Frame(to, body, socketKey);
        isFine &= Field(to, "X-Forwarded-For", visitor.Text) && Field(to, "X-Forwarded-Proto", http.Request.IsHttps ? "https" : "http")
            && Field(to, "X-Forwarded-Host", request.Authority) && Field(to, "X-Real-IP", visitor.Text)
            && (request.Prefix is not { } prefix || Field(to, "X-Forwarded-Prefix", prefix));
        to.Write("\r\n"u8);
        return isFine && (socketKey is not null || IsToken(http.Request.Method));
    }

    /// <summary>A key for a WebSocket of a visitor who needs none (RFC 8441 §5).</summary>
    public static string NewSocketKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    private static void Frame(ArrayBufferWriter<byte> to, BodyFraming body, string? socketKey)
    {
        if (body.IsChunked)
        {
            to.Write("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (body.Length is { } length)
        {
            _ = Field(to, "Content-Length", length.ToString(CultureInfo.InvariantCulture));
        }

        if (socketKey is not null)
        {
            to.Write("Connection: Upgrade\r\nUpgrade: websocket\r\n"u8);
            _ = socketKey.Length == 0 || Field(to, "Sec-WebSocket-Key", socketKey);
        }
    }

    private static bool Field(ArrayBufferWriter<byte> to, string name, string value)
    {
        var line = to.GetSpan(name.Length + value.Length + 4);
        var size = Encoding.Latin1.GetBytes(name, line);
        line[size++] = (byte)':';
        line[size++] = (byte)' ';
        var written = Encoding.Latin1.GetBytes(value, line[size..]);
        var isFine = !line.Slice(size, written).ContainsAny(Controls);
        size += written;
        line[size++] = (byte)'\r';
        line[size++] = (byte)'\n';
        to.Advance(size);
        return isFine;
    }

    private static bool Text(ArrayBufferWriter<byte> to, string text)
    {
        var span = to.GetSpan(text.Length);
        var size = Encoding.Latin1.GetBytes(text, span);
        to.Advance(size);
        return !span[..size].ContainsAny(Controls) && !span[..size].Contains((byte)' ');
    }

    private static bool IsToken(string method) => method.Length > 0 && method.All(letter => letter < 128 && FieldNames.Token.Contains((byte)letter));

    private static ReadOnlySpan<byte> Method(string method) => method switch
    {
        "GET" => "GET "u8,
        "POST" => "POST "u8,
        "HEAD" => "HEAD "u8,
        "PUT" => "PUT "u8,
        _ => Encoding.ASCII.GetBytes(method + " "),
    };
}

/// <summary>How the body of a request is told.</summary>
/// <param name="IsChunked">In pieces, because nobody knows how long it is.</param>
/// <param name="Length">In bytes; null when nothing is said of it.</param>
internal readonly record struct BodyFraming(bool IsChunked, long? Length)
{
    /// <summary>Of a visitor's request.</summary>
    public static BodyFraming Of(HttpRequest request, bool hasBody) => request.ContentLength is { } length ? new(false, length)
        : hasBody ? new(true, null)
        // RFC 9110 §8.6: who expects a body is told that there is none.
        : new(false, request.Method is "POST" or "PUT" or "PATCH" ? 0 : null);
}
