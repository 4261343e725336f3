using System.Buffers;
using System.Globalization;

namespace Homestack.Front.Requests;

/// <summary>Refuses a target that two programs could read differently. What passes is handed on byte for byte.</summary>
/// <remarks><para>Source: RFC 9112 §3.2 (forms), RFC 3986 §3.3 and §6.2.2 (what is equivalent); the refusals are ours.</para></remarks>
internal static class TargetRules
{
    // Printable ASCII without backslash, number sign and what no browser sends in a path.
    private static readonly SearchValues<char> InPath = SearchValues.Create("!$%&'()*+,-./0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~");
    private static readonly SearchValues<char> InQuery = SearchValues.Create("!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Takes the origin form out of a target in origin or absolute form; null when it is neither, or names another host or scheme.</summary>
    /// <param name="target">As sent.</param>
    /// <param name="scheme">Of the connection.</param>
    /// <param name="authority">From the Host header, lower case.</param>
    public static string? Origin(string target, string scheme, string authority)
    {
        if (target.StartsWith('/'))
        {
            return target;
        }

        var start = scheme.Length + 3;
        if (!target.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || !target.AsSpan(scheme.Length).StartsWith("://", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = target.AsSpan(start);
        var slash = rest.IndexOf('/');
        return rest[..(slash < 0 ? rest.Length : slash)].Equals(authority, StringComparison.OrdinalIgnoreCase) ? (slash < 0 ? "/" : rest[slash..].ToString()) : null;
    }

    /// <summary>Whether path and query have one meaning only.</summary>
    /// <param name="target">In origin form.</param>
    /// <param name="pathLength">Length of the path.</param>
    public static bool IsPlain(string target, out int pathLength)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        pathLength = mark < 0 ? target.Length : mark;
        var path = target.AsSpan(0, pathLength);
        return IsPlainPath(path) && (mark < 0 || !target.AsSpan(mark + 1).ContainsAnyExcept(InQuery));
    }

    /// <summary>Whether something is escaped that means the same unescaped: where paths decide whom a request is for, each has one spelling only (RFC 3986 §6.2.2.2).</summary>
    public static bool HasNeedlessEscape(ReadOnlySpan<char> path)
    {
        for (var at = path.IndexOf('%'); at >= 0; at = path.IndexOf('%'))
        {
            if (!TryUnescape(path[at..], out var value) || char.IsAsciiLetterOrDigit((char)value) || value is '-' or '.' or '_' or '~')
            {
                return true;
            }

            path = path[(at + 3)..];
        }

        return false;
    }

    private static bool IsPlainPath(ReadOnlySpan<char> path)
    {
        if (path.ContainsAnyExcept(InPath))
        {
            return false;
        }

        // Nearly every path has neither and is done here.
        if (!path.Contains('%') && path.IndexOf("/.", StringComparison.Ordinal) < 0)
        {
            return true;
        }

        foreach (var range in path.Split('/'))
        {
            if (!IsPlainSegment(path[range]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>False for a broken escape, an escaped slash, backslash or control character, and for a dot segment, also one with parameters (<c>..;x</c>).</summary>
    private static bool IsPlainSegment(ReadOnlySpan<char> segment)
    {
        var dots = 0;
        var isOnlyDots = true;
        for (var i = 0; i < segment.Length && segment[i] != ';'; i++)
        {
            var value = (int)segment[i];
            if (value == '%')
            {
                if (!TryUnescape(segment[i..], out value))
                {
                    return false;
                }

                i += 2;
            }

            isOnlyDots &= value == '.';
            dots += value == '.' ? 1 : 0;
        }

        return !(isOnlyDots && dots is (1 or 2)) && HasFineEscapes(segment);
    }

    private static bool HasFineEscapes(ReadOnlySpan<char> segment)
    {
        for (var at = segment.IndexOf('%'); at >= 0; at = segment.IndexOf('%'))
        {
            if (!TryUnescape(segment[at..], out var value) || value is '/' or '\\' or < ' ' or 0x7F)
            {
                return false;
            }

            segment = segment[(at + 3)..];
        }

        return true;
    }

    private static bool TryUnescape(ReadOnlySpan<char> escape, out int value)
    {
        value = 0;
        return escape.Length >= 3 && int.TryParse(escape.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
