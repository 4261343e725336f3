using System.Text.Json.Nodes;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Shapes;

/// <summary>A shape of a single value of which not every value will do.</summary>
/// <param name="from">Reads it.</param>
/// <param name="isFine">Whether it will do; otherwise HS1022.</param>
/// <param name="words">What would do, for people.</param>
public sealed class CheckedShape<T>(Shape<T> from, Func<T, bool> isFine, string words) : Shape<T>
{
    public override Located<T>? Read(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        var value = from.Read(node, path, diagnostics);
        if (value is not { } read || isFine(read.Value) || node is not YamlScalar scalar)
        {
            return value;
        }

        diagnostics.Add(BindingDiagnostics.NotUnderstood(words, scalar, path));
        return null;
    }

    public override JsonObject Schema() => from.Schema();
}
