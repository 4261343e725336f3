using System.Text.Json.Nodes;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Shapes;

/// <summary>A list, or one item in place of a list of one. Items that cannot be read are left out.</summary>
public sealed class ListShape<T>(Shape<T> item) : Shape<ValueList<Located<T>>>
{
    public override Located<ValueList<Located<T>>>? Read(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar)
        {
            return item.Read(node, path, diagnostics) is { } single ? new(ValueList.Create([single]), node.Span) : null;
        }

        if (YamlValue.Items(node, "a list", path, diagnostics) is not { } items)
        {
            return null;
        }

        var values = new List<Located<T>>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is YamlScalar { IsNull: true } empty)
            {
                diagnostics.Add(BindingDiagnostics.Expected("a value", empty, $"{path}[{i}]"));
            }
            else if (item.Read(items[i], $"{path}[{i}]", diagnostics) is { } value)
            {
                values.Add(value);
            }
        }

        return new(values.ToValueList(), node.Span);
    }

    public override JsonObject Schema() =>
        new() { ["oneOf"] = new JsonArray(item.Schema(), new JsonObject { ["type"] = "array", ["items"] = item.Schema() }) };
}
