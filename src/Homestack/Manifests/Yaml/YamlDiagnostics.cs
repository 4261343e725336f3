using Homestack.Diagnostics;
using YamlDotNet.Core;

namespace Homestack.Manifests.Yaml;

/// <summary>HS1001 to HS1019: what is wrong with a file as YAML.</summary>
public static class YamlDiagnostics
{
    private const int FurthestTab = 20;

    public static Diagnostic NotYaml(SourceText source, YamlException exception)
    {
        var line = Math.Max(1, (int)exception.Start.Line);
        var span = new SourceSpan(source, line, Math.Max(1, (int)exception.Start.Column), 1);
        var text = source.Line(line);
        return TabNear(source, line, exception.Message.Contains("tab", StringComparison.OrdinalIgnoreCase) ? FurthestTab : 0) is { } tab
            ? Error("HS1002", "Tab used for indentation", "YAML indents with spaces only; a tab stands here. Replace it with spaces.", tab)
            : BareReference(text) is { } reference
            ? Error("HS1011", "Reference needs quotes", $"Between braces and brackets, \"${{\" begins a mapping. Put quotes around the value: \"{Shown(text[reference])}\".", span with { Column = reference.Start.Value + 1, Length = reference.End.Value - reference.Start.Value })
            : NotYaml(span, exception.Message);
    }

    /// <summary>For what the parser says in other ways.</summary>
    public static Diagnostic NotYaml(SourceSpan span, string words) =>
        Error("HS1001", "Not valid YAML", $"{Sentence(words)} Look at this line and the one above it: a missing colon, quote or space is the usual cause.", span);

    public static Diagnostic NotAllowed(SourceSpan span, char letter) =>
        Error("HS1010", "Character not allowed in YAML", $"U+{(int)letter:X4} stands here, which no text file needs. Remove it.{(letter == '\0' ? " Is this a text file?" : "")}", span);

    /// <summary>The parser names the start of what it was reading: the tab stands on that line or a few lines below.</summary>
    private static SourceSpan? TabNear(SourceText source, int first, int further)
    {
        for (var line = first; line <= first + further; line++)
        {
            var indentation = source.Line(line).AsSpan();
            var tab = indentation[..(indentation.Length - indentation.TrimStart().Length)].IndexOf('\t');
            if (tab >= 0)
            {
                return new(source, line, tab + 1, 1);
            }
        }

        return null;
    }

    public static Diagnostic DuplicateKey(YamlScalar key, YamlScalar first) =>
        Error("HS1003", "Key written twice", $"\"{Shown(key.Value)}\" stands here and on line {first.Span.Line}. Only one of them could count, so neither does. Remove one.", key.Span)
            with { Related = [new(first.Span, "first written here")] };

    public static Diagnostic UnknownAlias(SourceSpan span, string name, IEnumerable<string> known) =>
        Error("HS1004", "Unknown alias", $"No anchor \"&{Shown(name)}\" stands above this line.{Suggestion.For(name, known)}", span);

    public static Diagnostic TooDeep(SourceSpan span) =>
        Error("HS1005", "Nested too deeply", $"More than {YamlBudget.Depth} levels are not read, because no home needs them and a hostile file does.", span);

    public static Diagnostic TooManyNodes(SourceSpan span) =>
        Error("HS1006", "File unfolds too far", $"With its aliases written out the file has more than {YamlBudget.Nodes:N0} values. Use fewer aliases of aliases.", span);

    public static Diagnostic KeyIsNotText(SourceSpan span) =>
        Error("HS1007", "Key is not text", "A list or mapping cannot be a key here. Write a plain word before the colon.", span);

    public static Diagnostic MergeOfNoMapping(SourceSpan span) =>
        Error("HS1008", "Merge key without a mapping", "\"<<\" takes an alias of a mapping, or a list of them.", span);

    public static Diagnostic SecondDocument(SourceSpan span) =>
        Error("HS1009", "Second document in one file", "Only one YAML document is read per file. Remove the \"---\" line or move what follows into a file of its own.", span);

    private static Diagnostic Error(string code, string summary, string detail, SourceSpan span) =>
        new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail, Span = span };

    /// <summary>A <c>${…}</c> without quotes on a line that has opened a brace or bracket before it.</summary>
    private static Range? BareReference(string line)
    {
        var start = line.IndexOf("${", StringComparison.Ordinal);
        var end = start < 0 ? -1 : line.IndexOf('}', start);
        return end > 0 && line.AsSpan(0, start).IndexOfAny('{', '[') >= 0 && line[..start].Count(letter => letter is '"' or '\'') % 2 == 0 ? start..(end + 1) : null;
    }

    private static string Sentence(string message)
    {
        // YamlDotNet begins some messages with "(Line: 3, Col: 7, Idx: 41) - (Line: …): ".
        var text = message.StartsWith("(Line", StringComparison.Ordinal) && message.IndexOf("): ", StringComparison.Ordinal) is var end and > 0 ? message[(end + 3)..] : message;
        text = Shown(text.Trim(), 300).ReplaceLineEndings(" ");
        return text.EndsWith('.') ? text : text + ".";
    }

    private static string Shown(string text, int most = 60) => text.Length <= most ? text : text[..most] + "…";
}
