using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose.Loading;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads what may be a list of <c>NAME=value</c> or a mapping.</summary>
/// <remarks>Adds HS1142 and what values of the wrong kind add.</remarks>
internal static class KeyValueReader
{
    /// <summary>Without secrets; a name alone has an empty value.</summary>
    public static ValueMap<Located<string>> Read(YamlNode node, string path, SpecReading reading) =>
        Entries(node, path, reading)
            .Select(entry => (entry.Key, Value: entry.Value is null ? new Located<string>("", entry.Key.Span) : Plain(entry.Value, entry.Path, reading)))
            .Where(entry => entry.Value is not null)
            .ToValueMap(entry => entry.Key.Value, entry => entry.Value.GetValueOrDefault());

    /// <summary>With secrets; a name alone takes its value from the variables and is left out when it has none.</summary>
    public static ValueMap<Located<Text>> ReadEnvironment(YamlNode node, string path, SpecReading reading)
    {
        var values = new List<KeyValuePair<string, Located<Text>>>();
        foreach (var (key, value, valuePath) in Entries(node, path, reading))
        {
            if (value is null)
            {
                if (reading.Variables.TryGet(key.Value, out var inherited))
                {
                    values.Add(new(key.Value, new(Text.Literal(inherited), key.Span)));
                }
            }
            else if (value is YamlScalar { Secrets: { } secrets })
            {
                values.Add(new(key.Value, new(secrets, value.Span)));
            }
            else if (Plain(value, valuePath, reading) is { } text)
            {
                values.Add(new(key.Value, new(Text.Literal(text.Value), text.Span)));
            }
        }

        return values.ToValueMap();
    }

    /// <summary>Names with their values; null for a name alone.</summary>
    private static IEnumerable<(YamlScalar Key, YamlNode? Value, string Path)> Entries(YamlNode node, string path, SpecReading reading)
    {
        if (node is YamlSequence sequence)
        {
            foreach (var (item, index) in sequence.Items.Select((item, index) => (item, index)).Where(pair => pair.item is not YamlScalar { IsNull: false }))
            {
                reading.Diagnostics.Add(BindingDiagnostics.Expected("NAME=value", item, $"{path}[{index}]"));
            }

            node = ListForms.KeysAndValues(sequence with { Items = [.. sequence.Items.Where(item => item is YamlScalar { IsNull: false })] });
        }

        if (node is not YamlMapping mapping)
        {
            reading.Diagnostics.Add(BindingDiagnostics.Expected("a mapping or a list of NAME=value", node, path));
            yield break;
        }

        foreach (var entry in mapping.Entries)
        {
            if (entry.Key.Value.Length == 0)
            {
                reading.Diagnostics.Add(SpecDiagnostics.Value("", "a name before the value", entry.Key.Span, path));
            }
            else
            {
                yield return (entry.Key, entry.Value is YamlScalar { IsNull: true } ? null : entry.Value, BindingDiagnostics.Join(path, entry.Key.Value));
            }
        }
    }

    private static Located<string>? Plain(YamlNode node, string path, SpecReading reading)
    {
        if (YamlValue.Text(node, path, reading.Diagnostics) is not { } text || node is not YamlScalar scalar)
        {
            return null;
        }

        var value = ScalarText.Of(scalar);
        if (value != text.Value && !value.Equals(text.Value, StringComparison.OrdinalIgnoreCase))
        {
            reading.Diagnostics.Add(SpecDiagnostics.Rewritten(scalar, value, path));
        }

        return new(value, text.Span);
    }
}
