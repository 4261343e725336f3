using System.Text.Json.Nodes;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Shapes;

/// <summary>One key of a mapping, with its meaning in a sentence.</summary>
public interface IField
{
    string Key { get; }

    bool IsRequired { get; }

    /// <summary>The schema of its value, with the meaning as its description.</summary>
    JsonObject Schema();
}

/// <inheritdoc cref="IField"/>
/// <param name="Key">As it is written.</param>
/// <param name="Shape">What may stand there.</param>
/// <param name="Meaning">What it does and its default, in a sentence.</param>
public sealed record Field<T>(string Key, Shape<T> Shape, string Meaning) : IField
{
    public bool IsRequired { get; init; }

    public JsonObject Schema()
    {
        var schema = Shape.Schema();
        schema["description"] = Meaning;
        return schema;
    }
}

/// <summary>The keys of one mapping while it is being read.</summary>
public sealed class FieldReader
{
    private readonly Yaml.MappingReader mapping;
    private readonly IReadOnlyList<IField> fields;
    private readonly DiagnosticBag diagnostics;

    internal FieldReader(Yaml.MappingReader mapping, IReadOnlyList<IField> fields, DiagnosticBag diagnostics)
    {
        this.mapping = mapping;
        this.fields = fields;
        this.diagnostics = diagnostics;
    }

    /// <summary>Where the mapping begins.</summary>
    public SourceSpan Span => mapping.Span;

    /// <summary>Where a key stands; the mapping's place when it is absent.</summary>
    public SourceSpan SpanOf(IField field) => mapping.SpanOf(field.Key);

    /// <summary>The value of a field; null when it is absent or wrong.</summary>
    public Located<T>? Get<T>(Field<T> field)
    {
        if (!fields.Contains(field))
        {
            throw new InvalidOperationException($"The field \"{field.Key}\" is read but not listed. This is a bug in Homestack.");
        }

        return mapping.Take(field.Key) is { } node ? field.Shape.Read(node, mapping.PathOf(field.Key), diagnostics) : null;
    }

    /// <summary>The value of a field, or another when it is absent or wrong.</summary>
    public T Get<T>(Field<T> field, T otherwise) => Get(field) is { } located ? located.Value : otherwise;
}
