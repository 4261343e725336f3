using System.Text;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Splits a command line into words as a shell would, without running anything.</summary>
/// <remarks>Pure. Single quotes keep everything; elsewhere a backslash keeps the next character, and <c>\n</c> and <c>\t</c> are a line break and a tab.
/// <para>Source: the behaviour of compose-go, which uses mattn/go-shellwords.</para></remarks>
internal static class ShellWords
{
    private static readonly HashSet<char> Operators = [';', '&', '|', '<', '>'];

    /// <summary>The words; null when a quote is never closed.</summary>
    /// <param name="line">The command.</param>
    /// <param name="shellOperator">The first word with an operator outside quotes that only a shell would obey; null when there is none.</param>
    public static List<string>? Split(string line, out string? shellOperator)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var hasWord = false;
        var hasOperator = false;
        var quote = '\0';
        shellOperator = null;
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == '\\' && quote != '\'' && i + 1 < line.Length)
            {
                var next = line[++i];
                word.Append(next switch { 'n' => '\n', 't' => '\t', _ => next });
                hasWord = true;
            }
            else if (quote != '\0')
            {
                if (letter == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(letter);
                }
            }
            else if (letter is '"' or '\'')
            {
                quote = letter;
                hasWord = true;
            }
            else if (letter is ' ' or '\t' or '\n' or '\r')
            {
                EndWord(ref shellOperator);
            }
            else
            {
                hasOperator |= Operators.Contains(letter);
                word.Append(letter);
                hasWord = true;
            }
        }

        EndWord(ref shellOperator);
        return quote == '\0' ? words : null;

        void EndWord(ref string? first)
        {
            if (hasWord)
            {
                words.Add(word.ToString());
                first ??= hasOperator ? words[^1] : null;
                word.Clear();
                (hasWord, hasOperator) = (false, false);
            }
        }
    }
}
