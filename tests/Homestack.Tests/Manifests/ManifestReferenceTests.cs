using System.Text;
using System.Text.Json.Nodes;
using Homestack.Manifests;
using Homestack.Manifests.Yaml;

namespace Homestack.Tests.Manifests;

/// <summary>The manual of homestack.yaml is made of the reference files, which load, and of the schema, which reads: it cannot be wrong.</summary>
public sealed class ManifestReferenceTests
{
    private const string Preface = """
        # homestack.yaml

        Every section of the manifest. The examples are files under `src/Homestack/Manifests/Reference/`, which the tests load; the tables are
        what the reader itself goes by. `homestack schema` prints the same as JSON Schema, for editors.

        Made by ManifestReferenceTests; write it anew with `HOMESTACK_ACCEPT=1 ./test`.

        An unknown key is an error. A key without a value counts as absent. Durations are written as `30s`, `5m`, `1h30m` or `7d`, sizes as `512MiB` or
        `8GiB`. Where a list is asked for, one value alone will do. Secrets are named, never written: `${secret:name}`, in quotes where braces
        stand around it. Other variables are not read here; Compose files take `${NAME}` as usual.

        """;

    [Fact]
    public void The_manual_says_what_the_reader_does()
    {
        var schema = JsonNode.Parse(ManifestSchema.Json())?.AsObject() ?? [];
        var manual = new StringBuilder(Preface);
        var described = new HashSet<string>();
        foreach (var name in ReferenceFiles.Names())
        {
            var text = ReferenceFiles.Read(name);
            var header = text.Split('\n').TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim()).ToList();
            manual.Append($"\n## {header[0]}\n\n{string.Join(' ', header.Skip(1)).Trim()}\n\n```yaml\n{text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].TrimEnd()}\n```\n\n");
            manual.Append("| key | | meaning |\n|---|---|---|\n");
            foreach (var key in SectionsOf(name, text))
            {
                described.Add(key);
                var property = schema["properties"]?[key]?.AsObject() ?? throw new InvalidOperationException($"{name} names {key}, which the schema does not know.");
                foreach (var row in Rows(key, property, IsRequired(schema, key)))
                {
                    manual.Append(row).Append('\n');
                }
            }
        }

        Assert.Empty((schema["properties"]?.AsObject() ?? []).Select(property => property.Key).Except(described));
        Golden.Check("docs/manifest-reference.md", manual.ToString());
    }

    /// <summary>The file is called after its section; the first one holds the single values.</summary>
    private static IEnumerable<string> SectionsOf(string name, string text)
    {
        var section = Path.GetFileNameWithoutExtension(name)[3..];
        var keys = YamlReader.Read(new(name, text), []) is YamlMapping mapping ? mapping.Entries.Select(entry => entry.Key.Value) : [];
        return section == "home" ? keys.Where(key => !key.StartsWith("x-", StringComparison.Ordinal)) : keys.Where(key => key == section);
    }

    private static IEnumerable<string> Rows(string path, JsonObject schema, bool isRequired)
    {
        if (schema["description"] is { } description)
        {
            yield return $"| `{path}` | {(isRequired ? "needed" : "")} | {description.GetValue<string>().Replace("|", "\\|").Replace("<", "&lt;")} |";
        }

        IEnumerable<(string Path, JsonNode? Schema, bool IsRequired)> inner =
        [
            .. (schema["properties"]?.AsObject() ?? []).Select(property => ($"{path}.{property.Key}", property.Value, IsRequired(schema, property.Key))),
            .. schema["additionalProperties"] is JsonObject values ? new[] { ($"{path}.<name>", (JsonNode?)values, false) } : [],
            .. (schema["oneOf"]?.AsArray() ?? []).Select(choice => (path, choice, false)),
        ];
        foreach (var row in inner.SelectMany(item => item.Schema is JsonObject child ? Rows(item.Path, child, item.IsRequired) : []))
        {
            yield return row;
        }
    }

    private static bool IsRequired(JsonObject schema, string key) => schema["required"]?.AsArray().Any(item => item?.GetValue<string>() == key) == true;
}
