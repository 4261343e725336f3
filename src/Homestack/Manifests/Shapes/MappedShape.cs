using System.Text.Json.Nodes;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Shapes;

/// <summary>A shape whose value is turned into another.</summary>
public sealed class MappedShape<TFrom, TTo>(Shape<TFrom> from, Func<Located<TFrom>, TTo> map) : Shape<TTo>
{
    public override Located<TTo>? Read(YamlNode node, string path, DiagnosticBag diagnostics) =>
        from.Read(node, path, diagnostics) is { } value ? new(map(value), value.Span) : null;

    public override JsonObject Schema() => from.Schema();
}
