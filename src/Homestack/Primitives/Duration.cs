using System.Globalization;

namespace Homestack.Primitives;

/// <summary>Reads spans of time as people write them: numbers with units, such as <c>90s</c>, <c>1h30m</c>, <c>1.5h</c> or <c>250ms</c>.</summary>
/// <remarks>
/// Units: <c>ns us µs ms s m h d w</c>; a bare <c>0</c> needs none. Never negative. Anything finer than 100 ns is cut off, because <see cref="TimeSpan"/> is.
/// <para>Source: Compose Specification, "Specifying durations"; days and weeks are ours.</para>
/// </remarks>
public static class Duration
{
    private const decimal LongestTicks = 100L * 366 * TimeSpan.TicksPerDay;

    // Keeps the multiplication by a week within a decimal.
    private const decimal LargestNumber = 1e15m;

    // Longer units first, so that "ms" is not read as "m".
    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("ns", 0.01m), ("us", 10), ("µs", 10), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay), ("w", 7 * TimeSpan.TicksPerDay),
    ];

    /// <returns>False for anything else, and for more than a hundred years.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        if (rest is "0")
        {
            return true;
        }

        var ticks = 0m;
        var pieces = 0;
        for (; rest.Length > 0; pieces++)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits is <= 0 or > 18 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number > LargestNumber)
            {
                return false;
            }

            rest = rest[digits..];
            var (unit, unitTicks) = UnitAt(rest);
            ticks += number * unitTicks;
            if (unit.Length == 0 || ticks > LongestTicks)
            {
                return false;
            }

            rest = rest[unit.Length..];
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return pieces > 0;
    }

    /// <summary>Short and exact, in the notation that <see cref="TryParse"/> reads.</summary>
    public static string Write(TimeSpan duration)
    {
        if (duration.Ticks == 0)
        {
            return "0s";
        }

        var text = new System.Text.StringBuilder();
        var rest = duration.Ticks;
        foreach (var (unit, ticks) in new[] { ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond), ("us", 10) })
        {
            if (rest / ticks is var count and > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
                rest %= ticks;
            }
        }

        return rest > 0 ? text.Append(CultureInfo.InvariantCulture, $"{rest * 100}ns").ToString() : text.ToString();
    }

    private static (string Unit, decimal Ticks) UnitAt(ReadOnlySpan<char> text)
    {
        foreach (var unit in Units)
        {
            if (text.StartsWith(unit.Unit, StringComparison.Ordinal))
            {
                return unit;
            }
        }

        return ("", 0);
    }
}
