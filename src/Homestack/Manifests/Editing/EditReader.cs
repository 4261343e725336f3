using Homestack.Collections;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Homestack.Manifests.Editing;

/// <summary>Reads where the mappings of a YAML file begin and end. For a text that the manifest's own reader has read without an error.</summary>
internal static class EditReader
{
    /// <exception cref="YamlException">It is not YAML after all.</exception>
    public static EditNode Read(string text)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return ReadNode(parser);
    }

    private static EditNode ReadNode(Parser parser)
    {
        if (parser.TryConsume<MappingStart>(out var start))
        {
            return ReadMapping(parser, start);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            var isEmpty = scalar is { Style: ScalarStyle.Plain, Value.Length: 0, Anchor.IsEmpty: true };
            return new(isEmpty ? EditNodeKind.Empty : EditNodeKind.Other, (int)scalar.Start.Index, (int)scalar.End.Index);
        }

        var first = (int)(parser.Current?.Start.Index ?? 0);
        parser.SkipThisAndNestedEvents();
        return new(EditNodeKind.Other, first, first);
    }

    private static EditNode ReadMapping(Parser parser, MappingStart start)
    {
        var entries = new List<EditEntry>();
        var isSimple = true;
        while (!parser.Accept<MappingEnd>(out _))
        {
            if (parser.TryConsume<Scalar>(out var key))
            {
                entries.Add(new(key.Value, (int)key.Start.Index, ReadNode(parser)));
            }
            else
            {
                isSimple = false;
                parser.SkipThisAndNestedEvents();
                parser.SkipThisAndNestedEvents();
            }
        }

        var end = parser.Consume<MappingEnd>();
        var kind = !isSimple ? EditNodeKind.Other : start.Style == MappingStyle.Flow ? EditNodeKind.Flow : EditNodeKind.Block;
        return new(kind, (int)start.Start.Index, (int)end.Start.Index + 1) { Entries = entries.ToValueList() };
    }
}
