using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary>Paths that requests are told apart by: plain characters only, so that there is one spelling of each.</summary>
/// <remarks><para>Source: RFC 3986 §2.3 (unreserved characters), §6.2.2.2 (escaping them means nothing).</para></remarks>
internal static class RoutePath
{
    public const string Words = "a path such as /books: letters, digits and - . _ ~ between slashes, without a slash at its end";
    public const string ToWords = "a path such as /new, or a URL that begins with http:// or https://, perhaps with /* at its end";

    private const int Longest = 256;

    /// <summary>Where a redirect begins: a path, perhaps with a slash or <c>/*</c> at its end.</summary>
    public static readonly NameRule From = new(@"^/([A-Za-z0-9._~-]+/)*([A-Za-z0-9._~-]+|\*)?$", "a path such as /old, or /old/* for everything below it")
    { Check = text => text is "/" or "/*" || IsPath(text.EndsWith("/*", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('/') ? text[..^1] : text) };

    /// <summary>Null when it is none; <c>/</c> is the empty path.</summary>
    public static string? Read(string text) => text == "/" ? "" : IsPath(text) ? text : null;

    /// <summary>Where a redirect leads; null when that is nowhere.</summary>
    public static string? ReadTo(string text)
    {
        var star = text.IndexOf('*', StringComparison.Ordinal);
        var fixedPart = star < 0 ? text : text[..star];
        if (text.Length > Longest * 4 || (star >= 0 && (star != text.Length - 1 || !fixedPart.EndsWith('/'))))
        {
            return null;
        }

        return fixedPart == "/" || (fixedPart.StartsWith('/') && IsPath(fixedPart.EndsWith('/') ? fixedPart[..^1] : fixedPart)) ? text
            : Uri.TryCreate(fixedPart, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.AbsoluteUri.All(char.IsAscii) && !text.Any(char.IsWhiteSpace)
                && fixedPart.All(char.IsAscii) ? text : null;
    }

    private static bool IsPath(string text) =>
        text.Length is > 1 and <= Longest && text[0] == '/' && text[1..].Split('/').All(segment => segment is not ("" or "." or "..") && segment.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~'));
}
