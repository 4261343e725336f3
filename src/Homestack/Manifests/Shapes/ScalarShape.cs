using System.Text.Json.Nodes;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Shapes;

/// <summary>A single value that is read by one function.</summary>
public sealed class ScalarShape<T>(Func<YamlNode, string, DiagnosticBag, Located<T>?> read, Func<JsonObject> schema) : Shape<T>
{
    public override Located<T>? Read(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar scalar && scalar.Value.Contains("${", StringComparison.Ordinal))
        {
            diagnostics.Add(ManifestDiagnostics.ReferenceNotReadHere(scalar, path));
            return null;
        }

        return read(node, path, diagnostics);
    }

    public override JsonObject Schema() => schema();
}
