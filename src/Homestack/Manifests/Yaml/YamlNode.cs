using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Yaml;

/// <summary>A piece of a YAML file with its place: a scalar, a sequence or a mapping. Immutable; aliases share nodes.</summary>
/// <param name="Span">Where it begins, for carets.</param>
/// <param name="Size">How many nodes it stands for with every alias written out; the loader bounds it.</param>
public abstract record YamlNode(SourceSpan Span, int Size)
{
    /// <summary>The explicit tag such as <c>!reset</c> or <c>!override</c>; null when there is none.</summary>
    public string? Tag { get; init; }
}

/// <summary>A single value as written.</summary>
/// <param name="Value">The characters after unquoting.</param>
/// <param name="IsPlain">Written without quotes, so that it may mean null, a boolean or a number.</param>
/// <param name="Span">Its place.</param>
public sealed record YamlScalar(string Value, bool IsPlain, SourceSpan Span) : YamlNode(Span, 1)
{
    /// <summary>Nothing, <c>~</c> or <c>null</c>, unquoted.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The value with the secrets that it names; null when it names none. Only interpolation sets it; <see cref="Value"/> is then its written form.</summary>
    public Text? Secrets { get; init; }
}

/// <summary>A list.</summary>
public sealed record YamlSequence(IReadOnlyList<YamlNode> Items, SourceSpan Span, int Size) : YamlNode(Span, Size);

/// <summary>Keys and values in the order of the file; no key twice; merge keys (<c>&lt;&lt;</c>) already merged.</summary>
public sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, SourceSpan Span, int Size) : YamlNode(Span, Size)
{
    /// <summary>The value under a key; null when the key is absent.</summary>
    public YamlNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Value == key)?.Value;
}

/// <summary>One key with its value.</summary>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);
