using Homestack.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Homestack.Manifests.Yaml;

/// <summary>Turns the text of a YAML file into nodes with places.</summary>
/// <remarks>
/// Pure. Bounded by <see cref="YamlBudget"/> in depth and in nodes, counted with aliases written out, so that an alias bomb is an error and not a full memory.
/// Adds HS1001 to HS1011. Returns null when the file has no usable content.
/// <para>Source: YAML 1.2.2; the merge key of YAML 1.1 (yaml.org/type/merge.html), which Compose files use.</para>
/// </remarks>
public sealed class YamlReader
{
    private readonly SourceText source;
    private readonly DiagnosticBag diagnostics;
    private readonly Parser parser;
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);

    private YamlReader(SourceText source, DiagnosticBag diagnostics)
    {
        this.source = source;
        this.diagnostics = diagnostics;
        parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
    }

    /// <summary>Reads one document; a second document in the file is an error.</summary>
    public static YamlNode? Read(SourceText source, DiagnosticBag diagnostics)
    {
        if (YamlCharacters.FirstNotAllowed(source.Text) is var bad and >= 0)
        {
            diagnostics.Add(YamlDiagnostics.NotAllowed(YamlCharacters.SpanAt(source, bad), source.Text[bad]));
            return null;
        }

        var reader = new YamlReader(source, diagnostics);
        try
        {
            return reader.ReadFile();
        }
        catch (YamlException exception)
        {
            diagnostics.Add(YamlDiagnostics.NotYaml(source, exception));
        }
        catch (BudgetException exception)
        {
            diagnostics.Add(exception.Diagnostic);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser meets some broken texts with its own inner errors instead of a YamlException.
            var place = reader.parser.Current?.End ?? Mark.Empty;
            diagnostics.Add(YamlDiagnostics.NotYaml(new(source, Math.Max(1, (int)place.Line), Math.Max(1, (int)place.Column), 1), "The text cannot be understood from here on."));
        }

        return null;
    }

    private YamlNode? ReadFile()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = ReadNode(depth: 0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            diagnostics.Add(YamlDiagnostics.SecondDocument(SpanOf(second)));
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        var current = parser.Current ?? throw new SemanticErrorException("The file ends too early.");
        if (depth > YamlBudget.Depth)
        {
            throw new BudgetException(YamlDiagnostics.TooDeep(SpanOf(current)));
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.TryGetValue(alias.Value.Value, out var target)
                ? target
                : throw new BudgetException(YamlDiagnostics.UnknownAlias(SpanOf(alias), alias.Value.Value, anchors.Keys));
        }

        YamlNode node = parser.TryConsume<Scalar>(out var scalar) ? ReadScalar(scalar)
            : parser.TryConsume<SequenceStart>(out var sequence) ? ReadSequence(sequence, depth)
            : parser.TryConsume<MappingStart>(out var mapping) ? ReadMapping(mapping, depth)
            : throw new SemanticErrorException(current.Start, current.End, "A value was expected here.");
        if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            anchors[anchored.Anchor.Value] = node;
        }

        return node;
    }

    private YamlScalar ReadScalar(Scalar scalar) =>
        new(scalar.Value, scalar.Style == ScalarStyle.Plain && TagOf(scalar) is null, SpanOf(scalar)) { Tag = TagOf(scalar) };

    private YamlSequence ReadSequence(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        var size = 1;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var item = ReadNode(depth + 1);
            size = Grown(size, item.Size, item.Span);
            items.Add(item);
        }

        return new(items, SpanOf(start), size) { Tag = TagOf(start) };
    }

    private YamlMapping ReadMapping(MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var merges = new List<YamlNode>();
        var size = 1;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var keyNode = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            size = Grown(size, keyNode.Size + value.Size, value.Span);
            if (keyNode is not YamlScalar key)
            {
                diagnostics.Add(YamlDiagnostics.KeyIsNotText(keyNode.Span));
            }
            else if (key is { Value: "<<", IsPlain: true })
            {
                merges.Add(value);
            }
            else if (places.TryGetValue(key.Value, out var first))
            {
                if (!diagnostics.IsFull)
                {
                    diagnostics.Add(YamlDiagnostics.DuplicateKey(key, entries[first].Key));
                }
            }
            else
            {
                places.Add(key.Value, entries.Count);
                entries.Add(new(key, value));
            }
        }

        foreach (var merge in merges)
        {
            size = Merge(merge, entries, places, size);
        }

        return new(entries, SpanOf(start), size) { Tag = TagOf(start) };
    }

    /// <summary>Adds what a merge key brings; keys written here win, and the first of several mappings wins over later ones.</summary>
    private int Merge(YamlNode merge, List<YamlEntry> entries, Dictionary<string, int> places, int size)
    {
        IEnumerable<YamlNode> sources = merge is YamlSequence sequence ? sequence.Items : [merge];
        foreach (var item in sources)
        {
            if (item is not YamlMapping mapping)
            {
                diagnostics.Add(YamlDiagnostics.MergeOfNoMapping(item.Span));
                continue;
            }

            foreach (var entry in mapping.Entries)
            {
                if (places.TryAdd(entry.Key.Value, entries.Count))
                {
                    size = Grown(size, 1 + entry.Value.Size, entry.Key.Span);
                    entries.Add(entry);
                }
            }
        }

        return size;
    }

    private static int Grown(int size, int more, SourceSpan span) =>
        size + more <= YamlBudget.Nodes ? size + more : throw new BudgetException(YamlDiagnostics.TooManyNodes(span));

    private static string? TagOf(NodeEvent node) =>
        node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal) && node.Tag.Value != "tag:yaml.org,2002:str"
            ? null : node.Tag.Value;

    private SourceSpan SpanOf(ParsingEvent parsed)
    {
        var isOneLine = parsed is Scalar && parsed.End.Line == parsed.Start.Line;
        return new(source, (int)parsed.Start.Line, (int)parsed.Start.Column, isOneLine ? (int)Math.Max(1, parsed.End.Column - parsed.Start.Column) : 1);
    }

    /// <summary>Ends the reading at once with one diagnostic; never leaves <see cref="Read"/>.</summary>
    private sealed class BudgetException(Diagnostic diagnostic) : Exception
    {
        public Diagnostic Diagnostic { get; } = diagnostic;
    }
}
