using System.Globalization;

namespace Homestack.Front.Files;

/// <summary>A part of a file.</summary>
/// <param name="From">First byte.</param>
/// <param name="Length">Bytes; 0 when none of it is inside the file.</param>
internal sealed record ByteRange(long From, long Length)
{
    public bool IsOutside => Length == 0;

    /// <summary>Reads a Range header; null when it is to be ignored: another unit, several ranges, or no sense (RFC 9110 §14.2).</summary>
    public static ByteRange? Read(string text, long size)
    {
        const string unit = "bytes=";
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!text.StartsWith(unit, StringComparison.OrdinalIgnoreCase) || dash < 0 || text.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        var (first, last) = (text[unit.Length..dash].Trim(), text[(dash + 1)..].Trim());
        var hasFirst = TryRead(first, out var from);
        var hasLast = TryRead(last, out var to);
        if ((!hasFirst && first.Length > 0) || (!hasLast && last.Length > 0) || (!hasFirst && !hasLast) || (hasFirst && hasLast && to < from))
        {
            return null;
        }

        if (!hasFirst)
        {
            var length = Math.Min(to, size);
            return new(size - length, length);
        }

        return from >= size ? new(0, 0) : new(from, (hasLast ? Math.Min(to, size - 1) : size - 1) - from + 1);
    }

    private static bool TryRead(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
