using System.Globalization;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Further ways to read a key that Compose files need.</summary>
internal static class MappingReaderExtensions
{
    /// <summary>A key that would change the meaning if it were ignored: HS1140 when it is set.</summary>
    public static void Refuse(this MappingReader mapping, string key, string why, SpecReading reading)
    {
        if (mapping.Take(key) is { } node && !IsEmpty(node))
        {
            reading.Diagnostics.Add(SpecDiagnostics.NotSupported(key, why, mapping.SpanOf(key), mapping.PathOf(key)));
        }
    }

    /// <summary>A key that does no harm when it is ignored: HS1141 when it is set.</summary>
    public static void Ignore(this MappingReader mapping, string key, string why, SpecReading reading)
    {
        if (mapping.Take(key) is { } node && !IsEmpty(node))
        {
            reading.Diagnostics.Add(SpecDiagnostics.NoEffect(key, why, mapping.SpanOf(key), mapping.PathOf(key)));
        }
    }

    /// <summary>Plain text without its place.</summary>
    public static string? Plain(this MappingReader mapping, string key) => mapping.Text(key)?.Value;

    /// <summary>A list of texts without their places; absent is empty.</summary>
    public static ValueList<string> Plains(this MappingReader mapping, string key) => mapping.TextList(key).Values();

    /// <summary>One text or a list of them, without their places; absent is empty.</summary>
    public static ValueList<string> PlainOrList(this MappingReader mapping, string key) => mapping.TextOrList(key).Values();

    public static ValueList<string> Values(this ValueList<Located<string>>? texts) => (texts ?? []).Select(text => text.Value).ToValueList();

    /// <summary>A list of <c>NAME=value</c> or a mapping, without secrets; absent is empty.</summary>
    public static ValueMap<Located<string>> Pairs(this MappingReader mapping, string key, SpecReading reading) =>
        mapping.Take(key) is { } node ? KeyValueReader.Read(node, mapping.PathOf(key), reading) : ValueMap<Located<string>>.Empty;

    /// <summary>A number that may have a fraction, quoted or not.</summary>
    public static Located<decimal>? Number(this MappingReader mapping, string key, SpecReading reading)
    {
        if (mapping.Text(key) is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < 1_000_000)
        {
            return new(value, text.Span);
        }

        reading.Diagnostics.Add(SpecDiagnostics.Value(text.Value, "a number such as 0.5 or 2", text.Span, mapping.PathOf(key)));
        return null;
    }

    /// <summary>File mode bits: octal, with or without a leading zero or quotes.</summary>
    public static int? Mode(this MappingReader mapping, string key, SpecReading reading)
    {
        if (mapping.Take(key) is not { } node || YamlValue.Text(node, mapping.PathOf(key), reading.Diagnostics) is not { } text)
        {
            return null;
        }

        // YAML reads a plain 440 as decimal and the reference then uses it as such; 0440 and "0440" and "440" are octal.
        var digits = text.Value.StartsWith("0o", StringComparison.OrdinalIgnoreCase) ? text.Value[2..] : text.Value;
        var isDecimal = node is YamlScalar { IsPlain: true } && !text.Value.StartsWith('0');
        if (digits.Length is > 0 and <= 5 && digits.All(char.IsAsciiDigit) && (isDecimal || digits.All(digit => digit < '8')))
        {
            var mode = isDecimal ? int.Parse(digits, CultureInfo.InvariantCulture) : Convert.ToInt32(digits, 8);
            if (mode <= 0xFFF)
            {
                return mode;
            }
        }

        reading.Diagnostics.Add(SpecDiagnostics.Value(text.Value, "a file mode such as 0440", text.Span, mapping.PathOf(key)));
        return null;
    }

    /// <summary>One of a few words; HS1024 otherwise.</summary>
    public static Located<string>? Word(this MappingReader mapping, string key, params string[] words) =>
        mapping.Choice(key, words.ToValueMap(word => word, word => word)) is { } word ? word : null;

    /// <summary>Bytes as the engine takes them, with or without a unit.</summary>
    public static ByteSize? Size(this MappingReader mapping, string key) => mapping.Bytes(key)?.Value;

    private static bool IsEmpty(YamlNode node) => node is YamlSequence { Items.Count: 0 } or YamlMapping { Entries.Count: 0 } or YamlScalar { Value: "false", IsPlain: true };
}
