using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Brings the two ways of writing one thing, such as <c>- NAME=value</c> and <c>NAME: value</c>, into one form.</summary>
/// <remarks>Pure. What has neither form is handed back as it is, so that the reader of the value reports it.</remarks>
internal static class ListForms
{
    /// <summary>A list of <c>NAME=value</c> as a mapping; a name alone has a null value; the last of equal names wins.</summary>
    /// <remarks>Extra hosts are also written <c>name:address</c>.</remarks>
    public static YamlNode KeysAndValues(YamlNode node)
    {
        if (node is not YamlSequence sequence || sequence.Items.Any(item => item is not YamlScalar))
        {
            return node;
        }

        var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var item in sequence.Items.OfType<YamlScalar>())
        {
            var entry = KeyAndValue(item);
            entries[entry.Key.Value] = entry;
        }

        return new YamlMapping([.. entries.Values], sequence.Span, sequence.Size) { Tag = sequence.Tag };
    }

    /// <summary>A list of names as a mapping of names to nothing, or to the condition that a plain dependency has.</summary>
    public static YamlNode Names(YamlNode node, string path)
    {
        if (node is not YamlSequence sequence || sequence.Items.Any(item => item is not YamlScalar))
        {
            return node;
        }

        var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var item in sequence.Items.OfType<YamlScalar>())
        {
            YamlNode value = path.EndsWith("depends_on", StringComparison.Ordinal)
                ? new YamlMapping([new(new("condition", false, item.Span), new YamlScalar("service_started", false, item.Span))], item.Span, 3)
                : new YamlScalar("", IsPlain: true, item.Span);
            entries[item.Value] = new(item, value);
        }

        return new YamlMapping([.. entries.Values], sequence.Span, sequence.Size) { Tag = sequence.Tag };
    }

    /// <summary>A single value as a mapping with one key.</summary>
    public static YamlNode Single(YamlNode node, string key) =>
        node is YamlScalar { IsNull: false } scalar ? new YamlMapping([new(new(key, false, scalar.Span), scalar)], scalar.Span, 2) : node;

    /// <summary>A single value as a list of one.</summary>
    public static YamlNode Many(YamlNode node) => node is YamlScalar { IsNull: false } scalar ? new YamlSequence([scalar], scalar.Span, 2) : node;

    private static YamlEntry KeyAndValue(YamlScalar item)
    {
        var equals = item.Value.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return new(item with { Secrets = null }, new YamlScalar("", IsPlain: true, item.Span));
        }

        var value = new YamlScalar(item.Value[(equals + 1)..], IsPlain: false, item.Span);
        if (item.Secrets is { } secrets && secrets.Parts[0] is { IsSecret: false } first && first.Value.Contains('=', StringComparison.Ordinal))
        {
            var rest = first.Value[(first.Value.IndexOf('=', StringComparison.Ordinal) + 1)..];
            value = value with { Secrets = new((rest.Length == 0 ? [] : new[] { first with { Value = rest } }).Concat(secrets.Parts.Skip(1)).ToValueList()) };
        }

        return new(item with { Value = item.Value[..equals], Secrets = null, IsPlain = false }, value);
    }
}
