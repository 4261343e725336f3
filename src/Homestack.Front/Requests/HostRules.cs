using System.Buffers;

namespace Homestack.Front.Requests;

/// <summary>The Host header, or <c>:authority</c>.</summary>
internal static class HostRules
{
    private const int LongestHost = 253;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    /// <summary>Reads <c>host</c> or <c>host:port</c>; false for anything odd, an empty label or a dot at the end too.</summary>
    /// <param name="text">As sent.</param>
    /// <param name="authority">Lower case.</param>
    /// <param name="hostLength">Length of the host in it.</param>
    /// <remarks><para>Source: RFC 9112 §3.2 (a server must answer 400 to an invalid one); RFC 3986 §3.2.2.</para></remarks>
    public static bool TryRead(string text, out string authority, out int hostLength)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        hostLength = colon < 0 ? text.Length : colon;
        var host = text.AsSpan(0, hostLength);
        authority = text;
        if (host.IsEmpty || host.Length > LongestHost || host[0] == '.' || host[^1] == '.' || host.ContainsAnyExcept(Letters) || host.IndexOf("..", StringComparison.Ordinal) >= 0
            || (colon >= 0 && !IsPort(text.AsSpan(colon + 1))))
        {
            return false;
        }

        authority = host.ContainsAnyInRange('A', 'Z') ? text.ToLowerInvariant() : text;
        return true;
    }

    private static bool IsPort(ReadOnlySpan<char> text)
    {
        var port = 0;
        foreach (var letter in text)
        {
            port = char.IsAsciiDigit(letter) && port <= 65535 ? (port * 10) + letter - '0' : int.MaxValue / 16;
        }

        return text.Length is > 0 and <= 5 && text[0] != '0' && port is > 0 and <= 65535;
    }
}
