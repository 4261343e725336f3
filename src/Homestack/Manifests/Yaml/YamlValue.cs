using System.Globalization;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Yaml;

/// <summary>Reads a node as a typed value, or says what was expected and returns null.</summary>
/// <remarks>Pure. A missing value (<c>null</c>, <c>~</c> or nothing) is refused here; <see cref="MappingReader"/> treats it as an absent key. Adds HS1021 to HS1024 and HS1026.</remarks>
public static class YamlValue
{
    private static readonly ValueMap<bool> Booleans = new (string Word, bool Value)[]
    {
        ("true", true), ("yes", true), ("on", true), ("false", false), ("no", false), ("off", false),
    }.ToValueMap(pair => pair.Word, pair => pair.Value);

    /// <summary>Any single value as its characters: numbers and booleans too.</summary>
    public static Located<string>? Text(YamlNode node, string path, DiagnosticBag diagnostics) =>
        Scalar(node, "text", path, diagnostics) is { } scalar ? new(scalar.Value, scalar.Span) : null;

    /// <summary><c>true</c> or <c>false</c>; also <c>yes no on off</c>, in any case, quoted or not.</summary>
    public static Located<bool>? Bool(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (Scalar(node, "true or false", path, diagnostics) is not { } scalar)
        {
            return null;
        }

        if (Booleans.TryGetValue(scalar.Value.ToLowerInvariant(), out var value))
        {
            return new(value, scalar.Span);
        }

        diagnostics.Add(BindingDiagnostics.Expected("true or false", scalar, path));
        return null;
    }

    /// <summary>A whole number in decimal notation, quoted or not.</summary>
    public static Located<long>? Long(YamlNode node, string path, DiagnosticBag diagnostics, long least = long.MinValue, long most = long.MaxValue)
    {
        if (Scalar(node, "a whole number", path, diagnostics) is not { } scalar)
        {
            return null;
        }

        if (!long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            diagnostics.Add(BindingDiagnostics.Expected("a whole number", scalar, path));
            return null;
        }

        if (value < least || value > most)
        {
            var range = most == long.MaxValue ? $"{least} or more" : least == long.MinValue ? $"{most} or less" : $"{least} to {most}";
            diagnostics.Add(BindingDiagnostics.OutOfRange(range, scalar, path));
            return null;
        }

        return new(value, scalar.Span);
    }

    /// <inheritdoc cref="Long"/>
    public static Located<int>? Int(YamlNode node, string path, DiagnosticBag diagnostics, int least = int.MinValue, int most = int.MaxValue) =>
        Long(node, path, diagnostics, least, most) is { } number ? new((int)number.Value, number.Span) : null;

    /// <summary>1 to 65535.</summary>
    public static Located<int>? Port(YamlNode node, string path, DiagnosticBag diagnostics) => Int(node, path, diagnostics, 1, 65535);

    /// <summary>Such as <c>90s</c> or <c>1h30m</c>; see <see cref="Primitives.Duration"/>.</summary>
    public static Located<TimeSpan>? Duration(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (Scalar(node, "a duration such as 30s or 1h30m", path, diagnostics) is not { } scalar)
        {
            return null;
        }

        if (Primitives.Duration.TryParse(scalar.Value, out var value))
        {
            return new(value, scalar.Span);
        }

        diagnostics.Add(BindingDiagnostics.NotUnderstood("a duration such as 30s, 5m, 1h30m or 7d", scalar, path));
        return null;
    }

    /// <summary>Such as <c>512m</c> or <c>8GiB</c>; see <see cref="ByteSize"/>.</summary>
    public static Located<ByteSize>? Bytes(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (Scalar(node, "a size such as 512MiB or 8GiB", path, diagnostics) is not { } scalar)
        {
            return null;
        }

        if (ByteSize.TryParse(scalar.Value, out var value))
        {
            return new(value, scalar.Span);
        }

        diagnostics.Add(BindingDiagnostics.NotUnderstood("a size such as 512MiB, 8GiB or 2TiB", scalar, path));
        return null;
    }

    /// <summary>One of several words.</summary>
    public static Located<T>? Choice<T>(YamlNode node, ValueMap<T> choices, string path, DiagnosticBag diagnostics)
    {
        if (Scalar(node, "one of " + string.Join(", ", choices.Keys), path, diagnostics) is not { } scalar)
        {
            return null;
        }

        if (choices.TryGetValue(scalar.Value, out var value))
        {
            return new(value, scalar.Span);
        }

        diagnostics.Add(BindingDiagnostics.UnknownChoice(scalar, [.. choices.Keys], path));
        return null;
    }

    /// <summary>A list of single values; items that are not are reported and left out.</summary>
    public static ValueList<Located<string>>? TextList(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (Items(node, "a list", path, diagnostics) is not { } items)
        {
            return null;
        }

        var values = new List<Located<string>>();
        for (var i = 0; i < items.Count; i++)
        {
            if (Text(items[i], $"{path}[{i}]", diagnostics) is { } value)
            {
                values.Add(value);
            }
        }

        return values.ToValueList();
    }

    /// <summary>A list of single values, or one single value in place of a list of one.</summary>
    public static ValueList<Located<string>>? TextOrList(YamlNode node, string path, DiagnosticBag diagnostics) =>
        node is YamlScalar { IsNull: false } ? Text(node, path, diagnostics) is { } single ? [single] : null : TextList(node, path, diagnostics);

    /// <summary>Keys to single values; values that are not are reported and left out.</summary>
    public static ValueMap<Located<string>>? TextMap(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (MappingReader.Of(node, path, diagnostics) is not { } mapping)
        {
            return null;
        }

        var values = new List<KeyValuePair<string, Located<string>>>();
        foreach (var (key, value, valuePath) in mapping.TakeAll())
        {
            if (Text(value, valuePath, diagnostics) is { } text)
            {
                values.Add(new(key.Value, text));
            }
        }

        return values.ToValueMap();
    }

    /// <summary>The items of a list; anything else is reported.</summary>
    public static IReadOnlyList<YamlNode>? Items(YamlNode node, string expected, string path, DiagnosticBag diagnostics)
    {
        if (node is YamlSequence { Tag: null } sequence)
        {
            return sequence.Items;
        }

        diagnostics.Add(node.Tag is null ? BindingDiagnostics.Expected(expected, node, path) : BindingDiagnostics.UnsupportedTag(node, path));
        return null;
    }

    private static YamlScalar? Scalar(YamlNode node, string expected, string path, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar { IsNull: false, Tag: null or "tag:yaml.org,2002:str" } scalar)
        {
            if (scalar.Secrets is null)
            {
                return scalar;
            }

            diagnostics.Add(BindingDiagnostics.SecretNotHere(scalar.Span, path));
            return null;
        }

        diagnostics.Add(node.Tag is null ? BindingDiagnostics.Expected(expected, node, path) : BindingDiagnostics.UnsupportedTag(node, path));
        return null;
    }
}
