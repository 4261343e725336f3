using System.Globalization;

namespace Homestack.Front.Files;

/// <summary>How the bytes of a text are packed.</summary>
internal enum Coding
{
    Plain,
    Gzip,
    Brotli,
}

/// <summary>Chooses a packing.</summary>
internal static class Codings
{
    /// <summary>Brotli before gzip, each only when it is asked for by name with a weight above 0 (RFC 9110 §12.5.3).</summary>
    public static Coding Choose(string accepted)
    {
        var best = Coding.Plain;
        foreach (var item in accepted.Split(',', 16))
        {
            var parts = item.Split(';', 2);
            var coding = parts[0].Trim().ToLowerInvariant() switch { "br" => Coding.Brotli, "gzip" => Coding.Gzip, _ => Coding.Plain };
            if (coding > best && !IsRefused(parts.Length > 1 ? parts[1].Trim() : ""))
            {
                best = coding;
            }
        }

        return best;
    }

    private static bool IsRefused(string weight) =>
        weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase) && !(double.TryParse(weight[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0);
}
