using System.Globalization;
using Homestack.Diagnostics;

namespace Homestack.Cli.Views;

/// <summary>Diagnostics as compilers print them: place, code, summary, the line, a caret, and what to do.</summary>
internal sealed class DiagnosticsView(TextWriter writer, Ink ink)
{
    /// <summary>Columns of source that are shown around the place.</summary>
    private const int Window = 120;

    public void Write(IReadOnlyCollection<Diagnostic> diagnostics, int leftOut)
    {
        foreach (var diagnostic in diagnostics)
        {
            Write(diagnostic);
        }

        if (leftOut > 0)
        {
            writer.WriteLine($"… and {leftOut} more");
        }
    }

    private void Write(Diagnostic diagnostic)
    {
        var isError = diagnostic.Severity == Severity.Error;
        var kind = isError ? ink.Bad("error " + diagnostic.Code) : ink.Warning("warning " + diagnostic.Code);
        writer.WriteLine($"{(diagnostic.Span is { } span ? ink.Strong(SafeText.Line(span.ToString())) + ": " : "")}{kind}: {diagnostic.Summary}{(diagnostic.Path.Length > 0 ? ink.Faint("  " + SafeText.Line(diagnostic.Path)) : "")}");
        if (diagnostic.Span is { } place)
        {
            WriteExcerpt(place, isError);
        }

        foreach (var line in diagnostic.Detail.Split('\n'))
        {
            writer.WriteLine("  " + SafeText.Line(line));
        }

        foreach (var related in diagnostic.Related)
        {
            writer.WriteLine($"  {ink.Faint("see")} {SafeText.Line(related.Span.ToString())}: {SafeText.Line(related.Words)}");
        }

        writer.WriteLine();
    }

    private void WriteExcerpt(SourceSpan span, bool isError)
    {
        var line = SafeText.Line(span.Source.Line(span.Line));
        var column = Math.Clamp(span.Column - 1, 0, line.Length);
        if (line.Length == 0)
        {
            return;
        }

        var start = line.Length <= Window ? 0 : Math.Clamp(column - (Window / 2), 0, line.Length - Window);
        var shown = line.Substring(start, Math.Min(Window, line.Length - start));
        var number = span.Line.ToString(CultureInfo.InvariantCulture);

        // Tabs stay tabs under tabs, so that the caret stands below its letter at any tab width.
        var indent = string.Concat(line.Substring(start, column - start).Select(letter => letter == '\t' ? '\t' : ' '));
        var caret = new string('^', Math.Clamp(span.Length, 1, Math.Max(1, shown.Length - (column - start))));
        writer.WriteLine($"{number,5} {ink.Faint("|")} {(start > 0 ? "…" : "")}{shown}{(start + shown.Length < line.Length ? "…" : "")}");
        writer.WriteLine($"      {ink.Faint("|")} {(start > 0 ? " " : "")}{indent}{(isError ? ink.Bad(caret) : ink.Warning(caret))}");
    }
}
