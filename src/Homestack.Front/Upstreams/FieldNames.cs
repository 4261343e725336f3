using System.Buffers;
using System.Text;

namespace Homestack.Front.Upstreams;

/// <summary>Names of fields, as strings that exist already where that is possible.</summary>
internal static class FieldNames
{
    /// <summary>What a name may be made of: <c>token</c> of RFC 9110 §5.6.2.</summary>
    public static readonly SearchValues<byte> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly string[] Usual =
    [
        "Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Age", "Allow",
        "Alt-Svc", "Cache-Control", "Connection", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-Range", "Content-Security-Policy",
        "Content-Type", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Date", "ETag", "Expires", "Keep-Alive", "Last-Modified", "Link", "Location", "Permissions-Policy", "Pragma",
        "Referrer-Policy", "Retry-After", "Sec-WebSocket-Accept", "Sec-WebSocket-Protocol", "Server", "Server-Timing", "Set-Cookie", "Strict-Transport-Security", "Trailer", "Transfer-Encoding", "Upgrade",
        "Vary", "Via", "WWW-Authenticate", "X-Content-Type-Options", "X-Frame-Options", "X-Powered-By", "X-Request-Id", "X-Robots-Tag", "X-XSS-Protection",
    ];

    private static readonly string[][] ByLength = [.. Enumerable.Range(0, Usual.Max(name => name.Length) + 1).Select(length => Usual.Where(name => name.Length == length).ToArray())];

    public static string Of(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var usual in ByLength[name.Length])
            {
                if (Ascii.EqualsIgnoreCase(name, usual))
                {
                    return usual;
                }
            }
        }

        return Encoding.ASCII.GetString(name);
    }
}
