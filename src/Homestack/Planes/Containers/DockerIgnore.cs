using System.Text;
using System.Text.RegularExpressions;

namespace Homestack.Planes.Containers;

/// <summary>Which paths of a build context are left out. Pure.</summary>
/// <remarks>The last pattern that matches decides; <c>!</c> takes back; a pattern also covers all beneath what it matches.
/// <para>Source: Docker, ".dockerignore files"; moby/patternmatcher.</para></remarks>
public sealed class DockerIgnore
{
    private const int PatternLimit = 2000;

    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private readonly List<(Regex Pattern, bool IsException)> rules = [];

    public DockerIgnore(string text)
    {
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Take(PatternLimit))
        {
            var isException = line[0] == '!';
            var pattern = Clean(isException ? line[1..].Trim() : line);
            if (pattern.Length > 0)
            {
                rules.Add((new Regex(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchLimit), isException));
            }
        }
    }

    /// <summary>Something beneath a folder that is left out may be taken back, so the folder must be entered all the same.</summary>
    public bool HasExceptions => rules.Exists(rule => rule.IsException);

    /// <param name="path">Relative to the context, with forward slashes.</param>
    public bool IsLeftOut(string path)
    {
        var isLeftOut = false;
        foreach (var (pattern, isException) in rules)
        {
            if (isLeftOut == isException && pattern.IsMatch(path))
            {
                isLeftOut = !isException;
            }
        }

        return isLeftOut;
    }

    /// <remarks>As Go's <c>path.Clean</c>: no leading or trailing slash, no <c>.</c>, and <c>..</c> takes one away.</remarks>
    private static string Clean(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    i++;
                    var hasSlash = i + 1 < pattern.Length && pattern[i + 1] == '/';
                    i += hasSlash ? 1 : 0;
                    regex.Append(hasSlash ? "(?:.*/)?" : ".*");
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is > 0 and var end && end > i + 1:
                    regex.Append('[').Append(pattern[(i + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)).Append(']');
                    i = end;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.Append("(?:/.*)?$").ToString();
    }
}
