using System.Text.Json.Nodes;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Shapes;

/// <summary>A mapping whose keys are names that the owner chose. Entries that cannot be read are left out.</summary>
/// <remarks>The place of an entry is its key when the value is a mapping or nothing, else the value.</remarks>
/// <param name="key">Rule for the names.</param>
/// <param name="value">What stands under each.</param>
public sealed class MapShape<T>(NameRule key, Shape<T> value) : Shape<ValueMap<Located<T>>>
{
    /// <summary>What a name without a value means; null: an error.</summary>
    public Func<T>? WhenEmpty { get; init; }

    public override Located<ValueMap<Located<T>>>? Read(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (MappingReader.Of(node, path, diagnostics) is not { } mapping)
        {
            return null;
        }

        var entries = new List<KeyValuePair<string, Located<T>>>();
        foreach (var (name, written, entryPath) in mapping.TakeAll())
        {
            if (!key.IsValid(name.Value))
            {
                diagnostics.Add(ManifestDiagnostics.BadName(name, key, entryPath));
                continue;
            }

            if (written is YamlScalar { IsNull: true } && WhenEmpty is not null)
            {
                entries.Add(new(name.Value, new(WhenEmpty(), name.Span)));
            }
            else if (value.Read(written, entryPath, diagnostics) is { } read)
            {
                entries.Add(new(name.Value, written is YamlMapping ? new(read.Value, name.Span) : read));
            }
        }

        return new(entries.ToValueMap(), node.Span);
    }

    public override JsonObject Schema()
    {
        var values = value.Schema();
        if (WhenEmpty is not null)
        {
            values = new() { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, values) };
        }

        return new() { ["type"] = "object", ["propertyNames"] = new JsonObject { ["pattern"] = key.Pattern }, ["additionalProperties"] = values };
    }
}
