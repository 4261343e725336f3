using System.Text.Json.Nodes;
using Homestack.Diagnostics;
using Homestack.Manifests;
using Homestack.Manifests.Sections;
using Homestack.Manifests.Yaml;

namespace Homestack.Tests.Manifests;

public sealed class ManifestSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(ManifestSchema.Json()) ?? throw new InvalidOperationException("The schema is empty.");

    public static TheoryData<string> Names() => [.. ReferenceFiles.Names()];

    [Theory, MemberData(nameof(Names))]
    public void A_reference_file_reads_without_a_word(string name)
    {
        var diagnostics = new DiagnosticBag();
        var node = Parse(ReferenceFiles.Read(name), diagnostics);

        Assert.NotNull(HomeSection.Shape.Read(node, "", diagnostics));
        Assert.Empty(diagnostics);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_reference_file_conforms_to_the_schema(string name) =>
        Assert.Empty(SchemaChecker.Problems(Parse(ReferenceFiles.Read(name), []), Schema, ""));

    [Theory]
    [InlineData("homestack: 1\nhome: a\nhoem: b")]
    [InlineData("home: a")]
    [InlineData("homestack: 1\nhome: A_B")]
    [InlineData("homestack: 1\nhome: a\nlisten: { https: 0 }")]
    [InlineData("homestack: 1\nhome: a\nreconcile: never")]
    [InlineData("homestack: 1\nhome: a\nhosts: [a]")]
    [InlineData("homestack: 1\nhome: a\nmachines: { x: { cpu: 4 } }")]
    [InlineData("homestack: 1\nhome: a\nstacks: { Photos: photos.yaml }")]
    public void What_the_schema_refuses_the_reader_refuses_too(string text)
    {
        var diagnostics = new DiagnosticBag();
        var node = Parse(text, diagnostics);

        HomeSection.Shape.Read(node, "", diagnostics);
        Assert.NotEmpty(SchemaChecker.Problems(node, Schema, ""));
        Assert.True(diagnostics.HasErrors);
    }

    [Fact]
    public void Every_key_of_the_manifest_stands_in_a_reference_file()
    {
        var seen = new HashSet<string>();
        foreach (var name in ReferenceFiles.Names())
        {
            Collect(Parse(ReferenceFiles.Read(name), []), Schema, "", seen);
        }

        Assert.Empty(KeysOf(Schema, "").Except(seen).Order());
    }

    [Fact]
    public void Is_the_same_text_every_time() => Assert.Equal(ManifestSchema.Json(), ManifestSchema.Json());

    private static IEnumerable<string> KeysOf(JsonNode schema, string path) =>
        (schema["properties"]?.AsObject() ?? []).SelectMany(property => property.Value is null ? [] : KeysOf(property.Value, $"{path}.{property.Key}").Prepend($"{path}.{property.Key}"))
            .Concat(schema["additionalProperties"] is JsonObject values ? KeysOf(values, path + ".*") : [])
            .Concat((schema["oneOf"]?.AsArray() ?? []).SelectMany(choice => choice is null ? [] : KeysOf(choice, path)));

    private static void Collect(YamlNode node, JsonNode schema, string path, HashSet<string> seen)
    {
        seen.Add(path);
        foreach (var choice in schema["oneOf"]?.AsArray() ?? [])
        {
            if (choice is not null)
            {
                Collect(node, choice, path, seen);
            }
        }

        foreach (var item in node is YamlSequence sequence && schema["items"] is not null ? sequence.Items : [])
        {
            Collect(item, schema["items"] ?? schema, path, seen);
        }

        foreach (var entry in node is YamlMapping mapping ? mapping.Entries : [])
        {
            if (schema["properties"]?[entry.Key.Value] is { } property)
            {
                Collect(entry.Value, property, $"{path}.{entry.Key.Value}", seen);
            }
            else if (schema["additionalProperties"] is JsonObject values)
            {
                Collect(entry.Value, values, path + ".*", seen);
            }
        }
    }

    private static YamlNode Parse(string text, DiagnosticBag diagnostics) =>
        YamlReader.Read(new("homestack.yaml", text), diagnostics) ?? throw new InvalidOperationException(string.Join("\n", diagnostics));
}
