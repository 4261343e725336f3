using System.Globalization;
using System.Net;

namespace Homestack.NameServer;

/// <summary>How an upstream is spoken to.</summary>
public enum UpstreamTransport
{
    /// <summary>UDP, and TCP for what does not fit (RFC 1035 §4.2).</summary>
    Udp,
    Tcp,

    /// <summary>DNS over TLS (RFC 7858).</summary>
    Tls,

    /// <summary>DNS over HTTPS (RFC 8484).</summary>
    Https,
}

/// <summary>Another server that resolves names.</summary>
/// <param name="EndPoint">Its address; names are not resolved.</param>
/// <param name="ServerName">The name its certificate must hold; null: the address. For TLS and HTTPS.</param>
/// <param name="Path">For HTTPS; begins with a slash.</param>
public sealed record UpstreamAddress(UpstreamTransport Transport, IPEndPoint EndPoint, string? ServerName = null, string Path = "/dns-query")
{
    /// <summary>
    /// Reads <c>9.9.9.9</c>, <c>udp://9.9.9.9:53</c>, <c>tcp://[2620:fe::fe]</c>, <c>tls://9.9.9.9#dns.quad9.net</c> or <c>https://9.9.9.9/dns-query#dns.quad9.net</c>.
    /// </summary>
    /// <exception cref="FormatException">The text has another form, or no address in it.</exception>
    public static UpstreamAddress Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var (transport, port) = (scheme < 0 ? "udp" : text[..scheme]) switch
        {
            "udp" => (UpstreamTransport.Udp, 53),
            "tcp" => (UpstreamTransport.Tcp, 53),
            "tls" => (UpstreamTransport.Tls, 853),
            "https" => (UpstreamTransport.Https, 443),
            _ => throw NotUpstream(text),
        };
        var rest = scheme < 0 ? text : text[(scheme + 3)..];
        string? serverName = null;
        if (rest.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash)
        {
            (serverName, rest) = (rest[(hash + 1)..], rest[..hash]);
        }

        var path = "/dns-query";
        if (rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
        {
            (path, rest) = (rest[slash..], rest[..slash]);
        }

        // IPAddress reads [::1]:853 as ::1 and forgets the port: taken apart here.
        var end = rest.StartsWith('[') ? rest.IndexOf(']', StringComparison.Ordinal) + 1 : rest.IndexOf(':', StringComparison.Ordinal) == rest.LastIndexOf(':') ? rest.IndexOf(':', StringComparison.Ordinal) : rest.Length;
        var (host, after) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        return IPAddress.TryParse(host.Trim('[', ']'), out var address) && (after.Length == 0 || (after[0] == ':' && ushort.TryParse(after.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var written) && (port = written) > 0))
            ? new UpstreamAddress(transport, new IPEndPoint(address, port), serverName, path)
            : throw NotUpstream(text);
    }

    private static FormatException NotUpstream(string text) => new($"\"{text}\" is not the address of an upstream.");
}
