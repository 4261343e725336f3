using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Tests.Hostile;

/// <summary>A place in a file where people write text, and the file with something else written there.</summary>
/// <param name="Path">Such as <c>services.web.image</c>; <c>[]</c> for an item of a list, and a key itself ends with <c>@</c>.</param>
/// <param name="With">The file's text with this in that place; as it was when the place is a key that is there already.</param>
internal sealed record Field(string Path, Func<string, string> With)
{
    /// <summary>Every field of a file, each kind of place once.</summary>
    public static IReadOnlyList<Field> Of(string path, string text) =>
        YamlReader.Read(new SourceText(path, text), []) is { } root ? [.. Below(root, "", node => node).DistinctBy(field => field.Path)] : [];

    private static IEnumerable<Field> Below(YamlNode node, string path, Func<YamlNode, YamlNode> rebuild)
    {
        switch (node)
        {
            case YamlScalar scalar:
                yield return new(path, payload => YamlWriter.Write(rebuild(scalar with { Value = payload, IsPlain = false })));
                break;
            case YamlSequence sequence:
                for (var index = 0; index < sequence.Items.Count; index++)
                {
                    var place = index;
                    foreach (var field in Below(sequence.Items[place], path + "[]", item => rebuild(sequence with { Items = [.. sequence.Items.Select((old, other) => other == place ? item : old)] })))
                    {
                        yield return field;
                    }
                }

                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    var name = path.Length == 0 ? entry.Key.Value : $"{path}.{entry.Key.Value}";
                    YamlNode Put(YamlEntry changed) => rebuild(mapping with { Entries = [.. mapping.Entries.Select(old => old == entry ? changed : old)] });
                    yield return new(name + "@", payload => YamlWriter.Write(Put(mapping.Find(payload) is not null ? entry : entry with { Key = entry.Key with { Value = payload, IsPlain = false } })));
                    foreach (var field in Below(entry.Value, name, item => Put(entry with { Value = item })))
                    {
                        yield return field;
                    }
                }

                break;
        }
    }
}
