using System.Text.Json.Nodes;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Shapes;

/// <summary>A mapping with known keys. Unknown ones are HS1020, required ones that are missing HS1025.</summary>
public sealed class MappingShape<T>(IReadOnlyList<IField> fields, Func<FieldReader, T> read) : Shape<T>
{
    public IReadOnlyList<IField> Fields => fields;

    /// <summary>Keys that begin with <c>x-</c> are let be: a place for YAML anchors.</summary>
    public bool AllowsExtensions { get; init; }

    /// <summary>Checks what concerns several keys at once; not called when one of them is wrong already, because it would say the same in other words.</summary>
    public Action<T, SourceSpan, string, DiagnosticBag>? Check { get; init; }

    public override Located<T>? Read(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (MappingReader.Of(node, path, diagnostics) is not { } mapping)
        {
            return null;
        }

        var before = diagnostics.Count + diagnostics.LeftOut;
        foreach (var field in fields)
        {
            if (mapping.Take(field.Key) is null && field.IsRequired)
            {
                diagnostics.Add(BindingDiagnostics.Missing(field.Key, "it has no default", mapping.SpanOf(field.Key), path));
            }
        }

        var value = read(new(mapping, fields, diagnostics));
        if (diagnostics.Count + diagnostics.LeftOut == before)
        {
            Check?.Invoke(value, mapping.Span, path, diagnostics);
        }

        if (AllowsExtensions)
        {
            mapping.FinishExceptExtensions();
        }
        else
        {
            mapping.Finish();
        }

        return new(value, mapping.Span);
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            properties[field.Key] = field.Schema();
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (AllowsExtensions)
        {
            schema["patternProperties"] = new JsonObject { ["^x-"] = true };
        }

        if (fields.Any(field => field.IsRequired))
        {
            schema["required"] = new JsonArray([.. fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.Key)]);
        }

        return schema;
    }
}
