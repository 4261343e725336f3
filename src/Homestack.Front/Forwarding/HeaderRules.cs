using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace Homestack.Front.Forwarding;

/// <summary>Which headers of a visitor's request an application may see.</summary>
/// <remarks>
/// A name passes only when it is made of letters, digits and hyphens: programs behind us read <c>_</c> and <c>.</c> as <c>-</c> (RFC 3875 §4.1.18), so other spellings of a reserved name do not exist.
/// What belongs to one connection never passes (RFC 9110 §7.6.1), nor do names by which proxies tell who somebody is.
/// </remarks>
internal static class HeaderRules
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private static readonly string[] Reserved =
    [
        "connection", "keep-alive", "proxy", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings", "host", "expect", "content-length", "x-content-length",
        "forwarded", "x-real-ip", "x-client-ip", "x-rewrite-url", "x-host", "x-scheme", "x-url-scheme", "x-user", "x-username", "x-email", "x-groups", "x-proxyuser-ip", "front-end-https",
        "true-client-ip", "cf-connecting-ip", "cf-connecting-ipv6", "fastly-client-ip", "x-cluster-client-ip", "client-ip", "alt-used",
    ];

    private static readonly string[] ReservedBeginnings =
    [
        "proxy-", "x-forwarded", "x-forwarder", "x-original-", "x-homestack", "remote-", "x-remote-", "x-auth-", "x-authenticated-", "x-authentik", "x-authelia", "x-webauth-", "x-envoy-",
        "x-ssl-", "x-client-cert", "ssl-client", "x-token-", "x-ms-client-principal", "x-goog-", "x-amzn-oidc-", "x-pomerium-", "tailscale-", "x-vouch-", "x-accel-",
    ];

    // By first letter: nearly every header is let pass by one look.
    private static readonly string[][] ReservedBy = ByLetter(Reserved), BeginningsBy = ByLetter(ReservedBeginnings);

    public static bool MayPass(string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(Letters))
        {
            return false;
        }

        var letter = name[0] | 0x20;
        foreach (var reserved in ReservedBy[letter])
        {
            if (name.Equals(reserved, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        foreach (var beginning in BeginningsBy[letter])
        {
            if (name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Headers of an answer that belong to one connection, or that are ours to set.</summary>
    public static bool MayReturn(string name) => (name[0] | 0x20) switch
    {
        'c' => !name.Equals("Connection", StringComparison.OrdinalIgnoreCase),
        'k' => !name.Equals("Keep-Alive", StringComparison.OrdinalIgnoreCase),
        'p' => !name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase),
        't' => !(name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("Trailer", StringComparison.OrdinalIgnoreCase) || name.Equals("TE", StringComparison.OrdinalIgnoreCase)),
        'u' => !name.Equals("Upgrade", StringComparison.OrdinalIgnoreCase),
        'a' => !name.Equals("Alt-Svc", StringComparison.OrdinalIgnoreCase),
        's' => !name.Equals("Strict-Transport-Security", StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    /// <summary>Names that a Connection header declares to be for one connection; null when there are none but the usual.</summary>
    public static HashSet<string>? NamedBy(StringValues connection)
    {
        HashSet<string>? names = null;
        foreach (var value in connection)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var name = value.AsSpan()[range].Trim();
                if (name.Length > 0 && !name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase) && !name.Equals("close", StringComparison.OrdinalIgnoreCase)
                    && !name.Equals("upgrade", StringComparison.OrdinalIgnoreCase))
                {
                    (names ??= new(StringComparer.OrdinalIgnoreCase)).Add(name.ToString());
                }
            }
        }

        return names;
    }

    /// <summary>Fields of one name become one field (RFC 9110 §5.3), cookies with their own sign between them (RFC 9113 §8.2.3).</summary>
    public static string One(string name, StringValues values) =>
        values.Count == 1 ? values.ToString() : string.Join(name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ", values.AsEnumerable());

    private static string[][] ByLetter(string[] names) => [.. Enumerable.Range(0, 128).Select(letter => names.Where(name => name[0] == letter).ToArray())];
}
