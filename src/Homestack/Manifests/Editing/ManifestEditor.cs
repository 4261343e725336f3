using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;
using YamlDotNet.Core;

namespace Homestack.Manifests.Editing;

/// <summary>Changes one entry of a manifest's text and leaves every other letter, comments included, as it is.</summary>
/// <remarks>
/// Pure. What comes out is read again and compared with what was asked: a file whose form is not understood well enough is left alone rather than broken.
/// <para>Source: YAML 1.2.2 §7.4 (flow mappings), §8.2 (block mappings).</para>
/// </remarks>
public static class ManifestEditor
{
    private const int Step = 2;

    /// <summary>The text with this entry, put in or in the place of what stood there; null when it cannot be done safely.</summary>
    /// <param name="file">Without errors.</param>
    /// <param name="path">Keys from the root, such as <c>dns</c>, <c>records</c>, <c>nas</c>.</param>
    /// <param name="value">On one line, as it would stand between braces.</param>
    public static string? Set(SourceText file, ValueList<string> path, string value)
    {
        var start = Remove(file, path) ?? file.Text;
        return Try(() => Insert(start, EditReader.Read(start), path, value)) is { } edited && IsJust(file, edited, path, value) ? edited : null;
    }

    /// <summary>The text without this entry; null when it is not there or cannot be taken out safely.</summary>
    public static string? Remove(SourceText file, ValueList<string> path) =>
        Try(() => Cut(file.Text, EditReader.Read(file.Text), path)) is { } edited && IsJust(file, edited, path, null) ? edited : null;

    private static string? Try(Func<string?> edit)
    {
        try
        {
            return edit();
        }
        catch (YamlException)
        {
            return null;
        }
    }

    private static string? Insert(string text, EditNode root, ValueList<string> path, string value)
    {
        var lines = new TextLines(text);
        var node = root;
        EditEntry? holder = null;
        var depth = 0;
        while (depth < path.Count - 1 && node.Find(path[depth]) is { } entry)
        {
            (holder, node, depth) = (entry, entry.Value, depth + 1);
        }

        var missing = path.Skip(depth).ToValueList();
        switch (node.Kind)
        {
            case EditNodeKind.Block when node.Entries.Count > 0:
                var last = lines.LastLineOf(node.Entries[^1].Start);
                return text.Insert(lines.EndOf(last), lines.LineEnd + Lines(missing, value, lines.ColumnOf(node.Entries[0].Start), lines.LineEnd));
            case EditNodeKind.Empty when holder is not null:
                var line = lines.LineOf(holder.Start);
                return text.Insert(lines.EndOf(line), lines.LineEnd + Lines(missing, value, lines.ColumnOf(holder.Start) + Step, lines.LineEnd));
            case EditNodeKind.Flow when text[node.End - 1] == '}':
                var brace = node.End - 1;
                var words = text[(node.Start + 1)..brace].TrimEnd();
                var separator = words.Trim().Length == 0 || words.EndsWith(',') ? " " : ", ";
                return text[..(node.Start + 1 + words.Length)] + separator + Flow(missing, value) + " " + text[brace..];
            default:
                return null;
        }
    }

    private static string Lines(ValueList<string> path, string value, int indent, string lineEnd) =>
        string.Join(lineEnd, path.Select((key, index) => $"{new string(' ', indent + (Step * index))}{key}:{(index == path.Count - 1 ? " " + value : "")}"));

    private static string Flow(ValueList<string> path, string value) => path.Count == 1 ? $"{path[0]}: {value}" : $"{path[0]}: {{ {Flow(path.Skip(1).ToValueList(), value)} }}";

    private static string? Cut(string text, EditNode root, ValueList<string> path)
    {
        var node = root;
        foreach (var key in path.Take(path.Count - 1))
        {
            if (node.Find(key) is not { } entry)
            {
                return null;
            }

            node = entry.Value;
        }

        if (node.Find(path[^1]) is not { } found)
        {
            return null;
        }

        if (node.Kind == EditNodeKind.Block)
        {
            var lines = new TextLines(text);
            var first = lines.StartOf(lines.LineOf(found.Start));
            return text.AsSpan(first, found.Start - first).Trim(' ').IsEmpty ? text.Remove(first, lines.StartOf(lines.LastLineOf(found.Start) + 1) - first) : null;
        }

        var index = node.Entries.AsSpan().IndexOf(found);
        return node.Kind != EditNodeKind.Flow || text[node.End - 1] != '}' ? null
            : index + 1 < node.Entries.Count ? text.Remove(found.Start, node.Entries[index + 1].Start - found.Start)
            : index == 0 ? text.Remove(node.Start + 1, node.End - 2 - node.Start)
            : text.Remove(EndBefore(text, found.Start), node.End - 1 - EndBefore(text, found.Start)).Insert(EndBefore(text, found.Start), " ");
    }

    /// <summary>Index of the comma before a key.</summary>
    private static int EndBefore(string text, int keyStart) => text.LastIndexOf(',', keyStart);

    /// <summary>Whether the edited text says what the file said, but for this one entry.</summary>
    private static bool IsJust(SourceText file, string edited, ValueList<string> path, string? value)
    {
        var place = string.Concat(path.Select(key => "\n" + key));
        var wanted = value is null ? [] : Leaves(new(file.Path, value), place);
        var before = Leaves(file, "").Where(leaf => !leaf.Under(place) && !IsEmptyAbove(leaf, place));
        var after = Leaves(new(file.Path, edited), "").Where(leaf => !IsEmptyAbove(leaf, place));
        return wanted is not null && before.Concat(wanted).ToHashSet().SetEquals(after);
    }

    /// <summary>A section that lost its last entry says nothing.</summary>
    private static bool IsEmptyAbove(Leaf leaf, string place) => leaf.Value.Length == 0 && place.StartsWith(leaf.Path + "\n", StringComparison.Ordinal);

    private static HashSet<Leaf> Leaves(SourceText text, string path)
    {
        var diagnostics = new DiagnosticBag();
        var root = YamlReader.Read(text, diagnostics);
        var leaves = new HashSet<Leaf>();
        if (root is null || diagnostics.HasErrors)
        {
            leaves.Add(new("not readable", text.Text));
        }
        else
        {
            Collect(root, path, leaves);
        }

        return leaves;
    }

    private static void Collect(YamlNode node, string path, HashSet<Leaf> leaves)
    {
        switch (node)
        {
            case YamlMapping { Entries.Count: > 0 } mapping:
                foreach (var entry in mapping.Entries)
                {
                    Collect(entry.Value, $"{path}\n{entry.Key.Value}", leaves);
                }

                break;
            case YamlSequence { Items.Count: > 0 } sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    Collect(sequence.Items[i], $"{path}\n[{i}]", leaves);
                }

                break;
            default:
                leaves.Add(new(path, node is YamlScalar { IsNull: false } scalar ? (scalar.IsPlain ? "" : "'") + scalar.Value + " " : ""));
                break;
        }
    }

    private sealed record Leaf(string Path, string Value)
    {
        public bool Under(string place) => Path == place || Path.StartsWith(place + "\n", StringComparison.Ordinal);
    }
}
