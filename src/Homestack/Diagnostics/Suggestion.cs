namespace Homestack.Diagnostics;

/// <summary>Finds the known name that a person most likely meant.</summary>
public static class Suggestion
{
    private const int LongestName = 64;

    // Comparing costs time, and a hostile file has as many names as it likes.
    private const int MostNames = 150;

    /// <summary>" Did you mean "media"?" with a leading space, or nothing when no name is near.</summary>
    public static string For(string written, IEnumerable<string> known) =>
        Nearest(written, known) is { } name ? $" Did you mean \"{name}\"?" : "";

    /// <summary>The first of 150 known names that is one edit away or none; else the one at the smallest distance, at most a third of its length; ties go to the first.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestName)
        {
            return null;
        }

        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var name in known.Take(MostNames))
        {
            var allowed = Math.Max(1, Math.Min(name.Length, written.Length) / 3);
            if (Math.Abs(name.Length - written.Length) > allowed || name.Length > LongestName)
            {
                continue;
            }

            var distance = Distance(written, name);
            if (distance <= allowed && distance < bestDistance)
            {
                (best, bestDistance) = (name, distance);
                if (distance <= 1)
                {
                    break;
                }
            }
        }

        return best;
    }

    /// <remarks>Optimal string alignment: insert, delete, replace and swap of neighbours cost one each; letter case costs nothing.</remarks>
    private static int Distance(string left, string right)
    {
        Span<int> twoAgo = stackalloc int[LongestName + 1], previous = stackalloc int[LongestName + 1], current = stackalloc int[LongestName + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    current[j] = Math.Min(current[j], twoAgo[j - 2] + 1);
                }
            }

            var oldest = twoAgo;
            twoAgo = previous;
            previous = current;
            current = oldest;
        }

        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
