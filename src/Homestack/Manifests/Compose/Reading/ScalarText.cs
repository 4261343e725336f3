using System.Globalization;
using System.Text.RegularExpressions;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>What a value becomes when a text is wanted and a number or boolean was written without quotes.</summary>
/// <remarks>The reference first reads the number and then writes it again, so that 022 becomes 18 and 3.10 becomes 3.1. The same happens here.
/// <para>Source: go-yaml v3 <c>resolve</c>; Go <c>strconv</c> and <c>fmt</c>.</para></remarks>
internal static partial class ScalarText
{
    public static string Of(YamlScalar scalar)
    {
        var text = scalar.Value;
        if (!scalar.IsPlain || text.Length == 0)
        {
            return text;
        }

        return text switch
        {
            "true" or "True" or "TRUE" => "true",
            "false" or "False" or "FALSE" => "false",
            _ when !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.') => text,
            _ => Number(text.Replace("_", "", StringComparison.Ordinal)) ?? text,
        };
    }

    private static string? Number(string text)
    {
        var isNegative = text[..Math.Min(1, text.Length)] == "-";
        var digits = text.TrimStart('-', '+');
        if (text.Length - digits.Length > 1)
        {
            return null;
        }

        if (Integer(digits) is { } integer)
        {
            return (isNegative && integer != 0 ? "-" : "") + integer.ToString(CultureInfo.InvariantCulture);
        }

        return Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant()
            : null;
    }

    private static ulong? Integer(string digits)
    {
        var radix = digits.StartsWith("0x", StringComparison.Ordinal) ? 16 : digits.StartsWith("0b", StringComparison.Ordinal) ? 2 : digits.StartsWith("0o", StringComparison.Ordinal) ? 8 : 0;
        var body = radix > 0 ? digits[2..] : digits;
        radix = radix > 0 ? radix : body.Length > 1 && body[0] == '0' ? 8 : 10;
        var allowed = "0123456789abcdef"[..radix];
        if (body.Length == 0 || body.Any(digit => !allowed.Contains(char.ToLowerInvariant(digit), StringComparison.Ordinal)))
        {
            return null;
        }

        ulong value = 0;
        foreach (var digit in body)
        {
            var next = (UInt128)value * (ulong)radix + (ulong)allowed.IndexOf(char.ToLowerInvariant(digit), StringComparison.Ordinal);
            if (next > ulong.MaxValue)
            {
                return null;
            }

            value = (ulong)next;
        }

        return value;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Float();
}
