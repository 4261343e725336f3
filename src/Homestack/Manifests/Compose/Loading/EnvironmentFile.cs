using System.Text;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Reads the text of an env file: names and values with places.</summary>
/// <remarks>
/// Pure. Later lines win. A name without "=" takes its value from outside and is left out when it has none there.
/// Unquoted values end before " #"; single quotes are literal; double quotes know \n \r \t \" \\ and variables; both may span lines.
/// Adds HS1110 to HS1113 and HS1120.
/// <para>Source: Docker documentation, "Syntax for environment files in Docker Compose"; compose-go <c>dotenv</c>.</para>
/// </remarks>
internal sealed class EnvironmentFile
{
    private readonly SourceText source;
    private readonly string text;
    private readonly VariableScope outside;
    private readonly DiagnosticBag diagnostics;
    private readonly Dictionary<string, Located<Text>> values = new(StringComparer.Ordinal);
    private int position;
    private int countedTo;
    private int line = 1;
    private int lineStart;

    private EnvironmentFile(SourceText source, VariableScope outside, DiagnosticBag diagnostics)
    {
        this.source = source;
        this.outside = outside;
        this.diagnostics = diagnostics;
        text = source.Text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>Reads with quotes and variables.</summary>
    public static ValueMap<Located<Text>> Read(SourceText source, VariableScope outside, DiagnosticBag diagnostics)
    {
        var file = new EnvironmentFile(source, outside, diagnostics);
        file.ReadAll();
        return file.values.ToValueMap();
    }

    /// <summary>Reads <c>format: raw</c>: what stands after "=" is the value, character by character.</summary>
    public static ValueMap<Located<Text>> ReadRaw(SourceText source, VariableScope outside)
    {
        var values = new Dictionary<string, Located<Text>>(StringComparer.Ordinal);
        var lines = source.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.TrimStart().Length == 0 || line.TrimStart()[0] == '#')
            {
                continue;
            }

            var span = new SourceSpan(source, i + 1, 1, Math.Max(1, line.Length));
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
            {
                values[line[..equals].Trim()] = new(Text.Literal(line[(equals + 1)..]), span);
            }
            else if (outside.TryGet(line.Trim(), out var inherited))
            {
                values[line.Trim()] = new(Text.Literal(inherited), span);
            }
        }

        return values.ToValueMap();
    }

    private void ReadAll()
    {
        while (SkipToStatement())
        {
            ReadStatement();
        }
    }

    private bool SkipToStatement()
    {
        while (position < text.Length)
        {
            if (text[position] == '#')
            {
                SkipLine();
            }
            else if (char.IsWhiteSpace(text[position]))
            {
                position++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void ReadStatement()
    {
        if (string.CompareOrdinal(text, position, "export", 0, 6) == 0 && position + 6 < text.Length && text[position + 6] is ' ' or '\t')
        {
            position += 6;
            SkipBlanks();
        }

        var start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '.' or '-' or '[' or ']'))
        {
            position++;
        }

        var name = text[start..position];
        var span = SpanAt(start, Math.Max(1, name.Length));
        SkipBlanks();
        if (name.Length > 0 && (position >= text.Length || text[position] == '\n'))
        {
            if (outside.TryGet(name, out var inherited))
            {
                values[name] = new(Text.Literal(inherited), span);
            }

            return;
        }

        if (name.Length == 0 || text[position] is not ('=' or ':'))
        {
            diagnostics.Add(LoadingDiagnostics.EnvironmentLine(SpanAt(position, 1), name.Length == 0 ? "A name was expected here." : $"After \"{name}\" an \"=\" was expected."));
            SkipLine();
            return;
        }

        position++;
        SkipBlanks();
        ReadValue(name, span);
    }

    private void ReadValue(string name, SourceSpan span)
    {
        var quote = position < text.Length && text[position] is '"' or '\'' ? text[position] : '\0';
        if (quote == '\0')
        {
            var end = text.IndexOf('\n', position) is var at and >= 0 ? at : text.Length;
            var value = text[position..end];
            position = end;
            var comment = value.StartsWith('#') ? 0 : value.IndexOf(" #", StringComparison.Ordinal);
            Set(name, (comment < 0 ? value : value[..comment]).Trim(), span);
            return;
        }

        var inner = new StringBuilder();
        for (var i = position + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                position = i + 1;
                if (quote == '\'')
                {
                    values[name] = new(Text.Literal(inner.ToString()), span);
                }
                else
                {
                    Set(name, inner.ToString(), span);
                }

                SkipAfterQuote();
                return;
            }

            if (text[i] == '\\' && i + 1 < text.Length && (text[i + 1] == quote || quote == '"'))
            {
                inner.Append(Unescaped(text[++i]));
            }
            else
            {
                inner.Append(text[i]);
            }
        }

        diagnostics.Add(LoadingDiagnostics.EnvironmentLine(SpanAt(position, 1), $"The quote that opens the value of \"{name}\" is never closed."));
        SkipLine();
    }

    private static string Unescaped(char letter) => letter switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        '"' or '\'' or '\\' => letter.ToString(),
        // A backslash keeps a dollar sign from being a variable, which "$$" says too.
        '$' => "$$",
        _ => "\\" + letter,
    };

    private void Set(string name, string written, SourceSpan span)
    {
        if (!written.Contains('$', StringComparison.Ordinal))
        {
            values[name] = new(Text.Literal(written), span);
            return;
        }

        var above = values.Where(entry => entry.Value.Value.Parts is [{ IsSecret: false }]).ToValueMap(entry => entry.Key, entry => entry.Value.Value.Parts[0].Value);
        var result = Template.Expand(written, outside.Under(above));
        foreach (var unset in result.Unset)
        {
            diagnostics.Add(LoadingDiagnostics.UnsetVariable(unset, span, outside.Names));
        }

        if (result.Problem is { } problem)
        {
            diagnostics.Add(LoadingDiagnostics.BadTemplate(problem, span));
        }

        values[name] = new(result.Value, span);
    }

    private void SkipAfterQuote()
    {
        SkipBlanks();
        if (position < text.Length && text[position] is not ('\n' or '#'))
        {
            diagnostics.Add(LoadingDiagnostics.EnvironmentLine(SpanAt(position, 1), "Something stands after the closing quote."));
        }

        SkipLine();
    }

    private void SkipLine() => position = text.IndexOf('\n', Math.Min(position, text.Length)) is var end and >= 0 ? end + 1 : text.Length;

    private void SkipBlanks()
    {
        while (position < text.Length && text[position] is ' ' or '\t')
        {
            position++;
        }
    }

    private SourceSpan SpanAt(int offset, int length)
    {
        // Offsets only grow, so the line breaks are counted once for the whole file.
        for (; countedTo < offset; countedTo++)
        {
            if (text[countedTo] == '\n')
            {
                (line, lineStart) = (line + 1, countedTo + 1);
            }
        }

        return new(source, line, Math.Max(1, offset - lineStart + 1), length);
    }
}
