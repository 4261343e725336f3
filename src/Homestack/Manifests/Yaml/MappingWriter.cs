using System.Globalization;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Yaml;

/// <summary>Makes a mapping key by key; what is absent or empty is left out. The counterpart of <see cref="MappingReader"/>.</summary>
/// <param name="escape">Applied to every text value, for formats that give characters such as <c>$</c> a meaning. Keys are left as they are.</param>
public sealed class MappingWriter(Func<string, string> escape)
{
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf(new SourceText("written.yaml", ""));

    private readonly List<YamlEntry> entries = [];

    public MappingWriter()
        : this(static text => text)
    {
    }

    public int Count => entries.Count;

    /// <summary>An empty mapping with the same escaping.</summary>
    public MappingWriter Empty() => new(escape);

    public YamlMapping ToNode() => new(entries, Nowhere, 1 + entries.Sum(entry => 1 + entry.Value.Size));

    /// <summary>Whatever the node is; null is left out.</summary>
    public MappingWriter Node(string key, YamlNode? value)
    {
        if (value is not null)
        {
            entries.Add(new(new(key, IsPlain: false, Nowhere), value));
        }

        return this;
    }

    /// <summary>Left out when null or empty.</summary>
    public MappingWriter Text(string key, string? value) => string.IsNullOrEmpty(value) ? this : Written(key, value);

    /// <summary>As <see cref="Text(string, string?)"/>, but an empty text is written.</summary>
    public MappingWriter Written(string key, string? value) => value is null ? this : Node(key, TextNode(value));

    /// <summary>Not escaped.</summary>
    public MappingWriter Verbatim(string key, string value) => Node(key, new YamlScalar(value, IsPlain: false, Nowhere));

    public MappingWriter Number(string key, long? value) => value is { } number ? Node(key, Plain(number.ToString(CultureInfo.InvariantCulture))) : this;

    public MappingWriter Number(string key, decimal? value) =>
        value is { } number ? Node(key, Plain(number.ToString("0.#########", CultureInfo.InvariantCulture))) : this;

    public MappingWriter Bytes(string key, ByteSize? value) => Number(key, value?.Bytes);

    public MappingWriter Bool(string key, bool? value) => value is { } flag ? Node(key, Plain(flag ? "true" : "false")) : this;

    /// <summary>Left out when false.</summary>
    public MappingWriter Flag(string key, bool value) => value ? Bool(key, value) : this;

    public MappingWriter Duration(string key, TimeSpan? value) => value is { } duration ? Written(key, Primitives.Duration.Write(duration)) : this;

    /// <summary>Left out when empty.</summary>
    public MappingWriter Texts(string key, IEnumerable<string> values) => Nodes(key, values.Select(TextNode));

    /// <summary>Left out when null; an empty list is written.</summary>
    public MappingWriter Words(string key, IEnumerable<string>? values) => values is null ? this : Node(key, Sequence(values.Select(TextNode)));

    /// <summary>Left out when empty.</summary>
    public MappingWriter Nodes(string key, IEnumerable<YamlNode> values) => Sequence(values) is { Items.Count: > 0 } sequence ? Node(key, sequence) : this;

    /// <summary>Left out when empty.</summary>
    public MappingWriter TextMap(string key, IEnumerable<KeyValuePair<string, string>> values)
    {
        var mapping = Empty();
        foreach (var (name, value) in values)
        {
            mapping.Written(name, value);
        }

        return Mapping(key, mapping);
    }

    /// <summary>Left out when empty.</summary>
    public MappingWriter Mapping(string key, MappingWriter value) => value.Count == 0 ? this : Node(key, value.ToNode());

    /// <summary>Escaped as the values of this mapping are.</summary>
    public YamlScalar TextNode(string value) => new(escape(value), IsPlain: false, Nowhere);

    private static YamlScalar Plain(string value) => new(value, IsPlain: true, Nowhere);

    private static YamlSequence Sequence(IEnumerable<YamlNode> values)
    {
        var items = values.ToArray();
        return new(items, Nowhere, 1 + items.Sum(item => item.Size));
    }
}
