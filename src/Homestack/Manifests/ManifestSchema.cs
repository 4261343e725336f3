using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Homestack.Manifests.Sections;

namespace Homestack.Manifests;

/// <summary>The JSON Schema of homestack.yaml, for editors that complete and check as one types.</summary>
/// <remarks>Written from the same shapes that read the file. <para>Source: JSON Schema 2020-12.</para></remarks>
public static class ManifestSchema
{
    /// <summary>Indented, with a line break at the end; the same text every time.</summary>
    public static string Json()
    {
        var schema = HomeSection.Shape.Schema();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "homestack.yaml");
        schema.Insert(2, "description", "A whole home server in one file.");
        return Write(schema) + "\n";
    }

    private static string Write(JsonObject schema)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            schema.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray()).ReplaceLineEndings("\n");
    }
}
