using System.Text;
using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Puts variables into a text: <c>$NAME</c>, <c>${NAME}</c>, <c>:-</c>, <c>-</c>, <c>:?</c>, <c>?</c>, <c>:+</c>, <c>+</c>, <c>$$</c>, and our <c>${secret:name}</c>.</summary>
/// <remarks>Pure. What stands after an operator is a text with variables itself, at most <see cref="DeepestNesting"/> levels.
/// <para>Source: Compose Specification, "Interpolation"; compose-go <c>template</c>.</para></remarks>
internal sealed class Template
{
    private const int DeepestNesting = 16;
    private const string SecretStart = "secret:";

    private readonly VariableScope variables;
    private readonly List<string> unset = [];

    private Template(VariableScope variables) => this.variables = variables;

    /// <summary>The text with every variable put in, or the first problem.</summary>
    public static TemplateResult Expand(string written, VariableScope variables)
    {
        var template = new Template(variables);
        var output = new PartList();
        var problem = template.Expand(written, output, depth: 0)
            ?? (output.IsTooLong ? new(TemplateProblemKind.Malformed, $"With its variables put in, the value is longer than {PartList.Longest:N0} characters.") : null);
        return new(output.ToText(), template.unset.ToValueList(), problem);
    }

    private TemplateProblem? Expand(string written, PartList output, int depth)
    {
        if (depth > DeepestNesting)
        {
            return new(TemplateProblemKind.Malformed, $"Defaults are nested more than {DeepestNesting} levels deep.");
        }

        for (var i = 0; i < written.Length;)
        {
            var dollar = written.IndexOf('$', i);
            if (dollar < 0)
            {
                output.Add(written[i..]);
                return null;
            }

            output.Add(written[i..dollar]);
            var next = dollar + 1 < written.Length ? written[dollar + 1] : '\0';
            if (next == '$')
            {
                output.Add("$");
                i = dollar + 2;
            }
            else if (next == '{')
            {
                var end = ClosingBrace(written, dollar);
                if (end < 0)
                {
                    return new(TemplateProblemKind.Malformed, "A \"${\" has no closing \"}\".");
                }

                if (Substitute(written[(dollar + 2)..end], output, depth) is { } problem)
                {
                    return problem;
                }

                i = end + 1;
            }
            else if (NameLength(written, dollar + 1) is var length and > 0)
            {
                output.Add(ValueOf(written.Substring(dollar + 1, length)));
                i = dollar + 1 + length;
            }
            else
            {
                return new(TemplateProblemKind.Malformed, "A \"$\" stands before something that is no variable name. Write \"$$\" for a plain dollar sign.");
            }
        }

        return null;
    }

    private TemplateProblem? Substitute(string inner, PartList output, int depth)
    {
        if (inner.StartsWith(SecretStart, StringComparison.Ordinal))
        {
            var secret = inner[SecretStart.Length..];
            if (!SecretName.IsValid(secret))
            {
                return new(TemplateProblemKind.SecretName, $"\"{secret}\" is no secret's name: 1 to 64 of a-z 0-9 . _ -, beginning with a letter or digit.");
            }

            output.AddSecret(secret);
            return null;
        }

        var length = NameLength(inner, 0);
        var name = inner[..length];
        var rest = inner[length..];
        if (length == 0)
        {
            return new(TemplateProblemKind.Malformed, $"\"${{{inner}}}\" does not begin with a variable name.");
        }

        if (rest.Length == 0)
        {
            output.Add(ValueOf(name));
            return null;
        }

        var countsEmptyAsUnset = rest[0] == ':' && rest.Length > 1;
        var operation = countsEmptyAsUnset ? rest[1] : rest[0];
        var word = rest[(countsEmptyAsUnset ? 2 : 1)..];
        var isSet = variables.TryGet(name, out var value) && !(countsEmptyAsUnset && value.Length == 0);
        switch (operation)
        {
            case '-' when isSet:
            case '?' when isSet:
                output.Add(value ?? "");
                return null;
            case '-' when !isSet:
            case '+' when isSet:
                return Expand(word, output, depth + 1);
            case '+':
                return null;
            case '?':
                var message = new PartList();
                return Expand(word, message, depth + 1) ?? new(TemplateProblemKind.RequiredMissing, message.ToText().ToString()) { Variable = name };
            default:
                return new(TemplateProblemKind.Malformed, $"\"{rest[0]}\" cannot follow a variable name; only \":-\", \"-\", \":?\", \"?\", \":+\" and \"+\" can.");
        }
    }

    private string ValueOf(string name)
    {
        if (variables.TryGet(name, out var value))
        {
            return value;
        }

        unset.Add(name);
        return "";
    }

    private static int NameLength(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > start && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return end - start;
    }

    /// <summary>Where the brace that opens at <paramref name="dollar"/> closes; nested <c>${</c> are counted. −1 when it does not.</summary>
    private static int ClosingBrace(string text, int dollar)
    {
        var open = 0;
        for (var i = dollar; i < text.Length; i++)
        {
            if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{')
            {
                open++;
                i++;
            }
            else if (text[i] == '}' && --open == 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Collects pieces, joining neighbours that are literal.</summary>
    private sealed class PartList
    {
        private readonly List<TextPart> parts = [];
        private readonly StringBuilder literal = new();

        /// <summary>Linux takes no longer word for a program (MAX_ARG_STRLEN); variables of variables would grow without end.</summary>
        public const int Longest = 131_072;

        private int length;

        public bool IsTooLong => length > Longest;

        public void Add(string text)
        {
            length = (int)Math.Min(int.MaxValue, (long)length + text.Length);
            if (!IsTooLong)
            {
                literal.Append(text);
            }
        }

        public void AddSecret(string name)
        {
            Flush();
            parts.Add(new(name, IsSecret: true));
        }

        public Text ToText()
        {
            Flush();
            return parts.Count == 0 ? Text.Literal("") : new(parts.ToValueList());
        }

        private void Flush()
        {
            if (literal.Length > 0)
            {
                parts.Add(new(literal.ToString(), IsSecret: false));
                literal.Clear();
            }
        }
    }
}
