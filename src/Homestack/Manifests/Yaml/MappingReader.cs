using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Yaml;

/// <summary>Reads the keys of one mapping as typed values and, at the end, reports every key that nobody asked for.</summary>
/// <remarks>
/// A key without a value (<c>key:</c> or <c>key: null</c>) reads as absent. Call <see cref="Finish()"/> last: what was asked for by then is what is known here.
/// Adds HS1020 to HS1026.
/// </remarks>
public sealed class MappingReader
{
    private readonly YamlMapping mapping;
    private readonly DiagnosticBag diagnostics;
    private readonly Dictionary<string, YamlEntry> entries;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private MappingReader(YamlMapping mapping, string path, DiagnosticBag diagnostics)
    {
        this.mapping = mapping;
        this.diagnostics = diagnostics;
        Path = path;
        entries = mapping.Entries.ToDictionary(entry => entry.Key.Value, StringComparer.Ordinal);
    }

    /// <summary>The place as a path of keys, such as <c>vpn.peers.ana-phone</c>; empty for the root.</summary>
    public string Path { get; }

    /// <summary>Where the mapping begins.</summary>
    public SourceSpan Span => mapping.Span;

    /// <summary>Null with HS1021 when the node is not a mapping.</summary>
    public static MappingReader? Of(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        if (node is YamlMapping { Tag: null } mapping)
        {
            return new(mapping, path, diagnostics);
        }

        diagnostics.Add(node.Tag is null ? BindingDiagnostics.Expected("a mapping", node, path) : BindingDiagnostics.UnsupportedTag(node, path));
        return null;
    }

    /// <summary>The path of a key in this mapping.</summary>
    public string PathOf(string key) => BindingDiagnostics.Join(Path, key);

    /// <summary>Whether the key is written at all, with or without a value. Does not count as asking for it.</summary>
    public bool Has(string key) => entries.ContainsKey(key);

    /// <summary>Where the key itself stands; the mapping's place when it is absent.</summary>
    public SourceSpan SpanOf(string key) => entries.TryGetValue(key, out var entry) ? entry.Key.Span : Span;

    /// <summary>Takes the node under a key, also when it is null; null when the key is absent.</summary>
    public YamlNode? TakeWritten(string key)
    {
        known.Add(key);
        return entries.TryGetValue(key, out var entry) ? entry.Value : null;
    }

    /// <summary>Takes the node under a key; null when the key is absent or has no value.</summary>
    public YamlNode? Take(string key) => TakeWritten(key) is { } node and not YamlScalar { IsNull: true } ? node : null;

    /// <summary>Takes every entry in the order of the file, also those without a value, each with its path.</summary>
    public IEnumerable<(YamlScalar Key, YamlNode Value, string Path)> TakeAll()
    {
        foreach (var entry in mapping.Entries)
        {
            known.Add(entry.Key.Value);
            yield return (entry.Key, entry.Value, PathOf(entry.Key.Value));
        }
    }

    public MappingReader? Mapping(string key) => Take(key) is { } node ? Of(node, PathOf(key), diagnostics) : null;

    /// <inheritdoc cref="YamlValue.Items"/>
    public IReadOnlyList<YamlNode>? Items(string key) => Take(key) is { } node ? YamlValue.Items(node, "a list", PathOf(key), diagnostics) : null;

    /// <inheritdoc cref="YamlValue.Text"/>
    public Located<string>? Text(string key) => Take(key) is { } node ? YamlValue.Text(node, PathOf(key), diagnostics) : null;

    /// <summary>As <see cref="Text"/>, and HS1025 when it is absent.</summary>
    public Located<string>? RequiredText(string key, string purpose)
    {
        if (Take(key) is { } node)
        {
            return YamlValue.Text(node, PathOf(key), diagnostics);
        }

        diagnostics.Add(BindingDiagnostics.Missing(key, purpose, SpanOf(key), Path));
        return null;
    }

    /// <inheritdoc cref="YamlValue.Bool"/>
    public Located<bool>? Bool(string key) => Take(key) is { } node ? YamlValue.Bool(node, PathOf(key), diagnostics) : null;

    /// <inheritdoc cref="YamlValue.Long"/>
    public Located<int>? Int(string key, int least = int.MinValue, int most = int.MaxValue) =>
        Take(key) is { } node ? YamlValue.Int(node, PathOf(key), diagnostics, least, most) : null;

    /// <inheritdoc cref="YamlValue.Long"/>
    public Located<long>? Long(string key, long least = long.MinValue, long most = long.MaxValue) =>
        Take(key) is { } node ? YamlValue.Long(node, PathOf(key), diagnostics, least, most) : null;

    /// <inheritdoc cref="YamlValue.Port"/>
    public Located<int>? Port(string key) => Take(key) is { } node ? YamlValue.Port(node, PathOf(key), diagnostics) : null;

    /// <inheritdoc cref="YamlValue.Duration"/>
    public Located<TimeSpan>? Duration(string key) => Take(key) is { } node ? YamlValue.Duration(node, PathOf(key), diagnostics) : null;

    /// <inheritdoc cref="YamlValue.Bytes"/>
    public Located<ByteSize>? Bytes(string key) => Take(key) is { } node ? YamlValue.Bytes(node, PathOf(key), diagnostics) : null;

    /// <inheritdoc cref="YamlValue.Choice"/>
    public Located<T>? Choice<T>(string key, ValueMap<T> choices) => Take(key) is { } node ? YamlValue.Choice(node, choices, PathOf(key), diagnostics) : null;

    /// <inheritdoc cref="YamlValue.TextList"/>
    public ValueList<Located<string>>? TextList(string key) => Take(key) is { } node ? YamlValue.TextList(node, PathOf(key), diagnostics) : null;

    /// <inheritdoc cref="YamlValue.TextOrList"/>
    public ValueList<Located<string>>? TextOrList(string key) => Take(key) is { } node ? YamlValue.TextOrList(node, PathOf(key), diagnostics) : null;

    /// <inheritdoc cref="YamlValue.TextMap"/>
    public ValueMap<Located<string>>? TextMap(string key) => Take(key) is { } node ? YamlValue.TextMap(node, PathOf(key), diagnostics) : null;

    /// <summary>Reports every key that was not asked for.</summary>
    public void Finish() => Finish(static _ => false);

    /// <summary>As <see cref="Finish()"/>, but keys that begin with <c>x-</c> belong to others and are let be.</summary>
    public void FinishExceptExtensions() => Finish(static key => key.StartsWith("x-", StringComparison.Ordinal));

    private void Finish(Func<string, bool> isForeign)
    {
        foreach (var entry in mapping.Entries)
        {
            if (!known.Contains(entry.Key.Value) && !isForeign(entry.Key.Value) && !diagnostics.IsFull)
            {
                diagnostics.Add(BindingDiagnostics.UnknownKey(entry.Key, Path, known));
            }
        }
    }
}
