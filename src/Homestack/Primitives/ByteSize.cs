using System.Globalization;

namespace Homestack.Primitives;

/// <summary>An amount of bytes.</summary>
/// <param name="Bytes">0 or more; −1 where an engine takes it for "no limit".</param>
/// <remarks>Reads Compose's notation: a number with an optional unit b, k, kb, kib, m, mb, mib, g, gb, gib, t, tb, tib in any case, all of them powers of 1024.
/// <para>Source: Compose Specification, "Specifying byte values"; go-units RAMInBytes.</para></remarks>
public readonly record struct ByteSize(long Bytes)
{
    private static readonly (string Unit, int Shift)[] Units = [("tib", 40), ("gib", 30), ("mib", 20), ("kib", 10), ("tb", 40), ("gb", 30), ("mb", 20), ("kb", 10), ("t", 40), ("g", 30), ("m", 20), ("k", 10), ("b", 0)];

    public static ByteSize FromMiB(long value) => new(value << 20);

    public static bool TryParse(string text, out ByteSize size)
    {
        size = default;
        var lower = text.Trim().ToLowerInvariant();
        var shift = 0;
        foreach (var (unit, unitShift) in Units)
        {
            if (lower.EndsWith(unit, StringComparison.Ordinal))
            {
                (lower, shift) = (lower[..^unit.Length].TrimEnd(), unitShift);
                break;
            }
        }

        if (lower == "-1" && shift == 0)
        {
            size = new(-1);
            return true;
        }

        if (!decimal.TryParse(lower, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        // Divided, not multiplied, so that no number is too large to compare.
        if (number > (decimal)long.MaxValue / (1L << shift))
        {
            return false;
        }

        size = new((long)(number * (1L << shift)));
        return true;
    }

    /// <summary>Short and for people, such as <c>2 GiB</c> or <c>382 MiB</c>.</summary>
    public override string ToString() => Bytes switch
    {
        < 0 => "no limit",
        < 1L << 10 => $"{Bytes} B",
        < 1L << 20 => Scaled(10, "KiB"),
        < 1L << 30 => Scaled(20, "MiB"),
        < 1L << 40 => Scaled(30, "GiB"),
        _ => Scaled(40, "TiB"),
    };

    private string Scaled(int shift, string unit) => string.Create(CultureInfo.InvariantCulture, $"{(double)Bytes / (1L << shift):0.#} {unit}");
}
