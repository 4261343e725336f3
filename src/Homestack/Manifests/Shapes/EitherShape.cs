using System.Text.Json.Nodes;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Shapes;

/// <summary>A short form and a long form of the same thing, told apart by the kind of node.</summary>
public sealed class EitherShape<T>(Func<YamlNode, bool> isShort, Shape<T> shortForm, Shape<T> longForm) : Shape<T>
{
    public override Located<T>? Read(YamlNode node, string path, DiagnosticBag diagnostics) =>
        (isShort(node) ? shortForm : longForm).Read(node, path, diagnostics);

    public override JsonObject Schema() => new() { ["oneOf"] = new JsonArray(shortForm.Schema(), longForm.Schema()) };
}
