using Homestack.Collections;
using Homestack.Front.Requests;

namespace Homestack.Front.Worlds;

/// <summary>Paths from which visitors are sent on: exact ones first, then the longest beginning.</summary>
internal sealed class RedirectTable(ValueMap<string> redirects)
{
    private readonly Dictionary<string, string> exact = redirects.Where(entry => !entry.Key.EndsWith('*')).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    private readonly (string Beginning, string To)[] below =
        [.. redirects.Where(entry => entry.Key.EndsWith('*')).Select(entry => (entry.Key[..^1], entry.Value)).OrderByDescending(entry => entry.Item1.Length)];

    /// <summary>Where to; null to stay. The query goes along.</summary>
    /// <param name="request">In its one spelling.</param>
    /// <param name="isOdd">What would come out could be read as another host: refused.</param>
    public string? Find(CanonicalRequest request, out bool isOdd)
    {
        isOdd = false;
        var query = request.Target.AsSpan(request.PathLength);
        if (exact.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(request.Path, out var to))
        {
            return string.Concat(to.EndsWith("/*", StringComparison.Ordinal) ? to.AsSpan(0, to.Length - 1) : to, query);
        }

        foreach (var (beginning, target) in below)
        {
            if (request.Path.StartsWith(beginning, StringComparison.Ordinal))
            {
                var rest = request.Path[beginning.Length..];
                var isWhole = !target.EndsWith("/*", StringComparison.Ordinal);
                // "/old//evil.example" must not become "//evil.example", which names a host (RFC 3986 §4.2).
                isOdd = !isWhole && rest.StartsWith('/');
                return isWhole ? string.Concat(target, query) : string.Concat(target.AsSpan(0, target.Length - 1), rest, query);
            }
        }

        return null;
    }
}
