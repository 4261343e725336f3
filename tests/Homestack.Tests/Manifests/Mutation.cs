using System.Text;
using System.Text.RegularExpressions;

namespace Homestack.Tests.Manifests;

/// <summary>Breaks a text in one of the ways in which files get broken.</summary>
internal static partial class Mutation
{
    private const string Letters = "abcz019:-_.,[]{}#&*!|>'\"%@`?~ \t\n\r\\/$\u0000\u0007\u00e9\u2028\ud83d\ufffe";

    private static readonly string[] Values = ["", "~", "[]", "{}", "true", "-1", "99999999999999999999", "1e309", "0x10", ".nan", "'", "\"", "*a", "&a b", "!t x", "[[[[", "{a: {b: {c: }}}", "|", ">", "${X", "${secret:", "${secret:a}", "a b c", "../..", "/", "<<", "2001-01-01", "12:30:45", "é", "a\u0000b", "- x", "? x"];

    private static readonly (string Name, Func<string, Random, string> Apply)[] Kinds =
    [
        ("drop a line", (text, random) => OnLines(text, lines => lines.RemoveAt(random.Next(lines.Count)))),
        ("double a line", (text, random) => OnLines(text, lines => lines.Insert(random.Next(lines.Count), lines[random.Next(lines.Count)]))),
        ("swap lines", (text, random) => OnLines(text, lines => Swap(lines, random))),
        ("indent a line", (text, random) => OnLines(text, lines => Change(lines, random, line => new string(' ', random.Next(1, 6)) + line))),
        ("outdent a line", (text, random) => OnLines(text, lines => Change(lines, random, line => line.Length > 2 && line[0] == ' ' ? line[random.Next(1, 3)..] : line))),
        ("a tab", (text, random) => OnLines(text, lines => Change(lines, random, line => "\t" + line.TrimStart()))),
        ("change a character", (text, random) => At(text, random, (letters, i) => letters[i] = Letter(random))),
        ("insert a character", (text, random) => At(text, random, (letters, i) => letters.Insert(i, Letter(random)))),
        ("remove characters", (text, random) => At(text, random, (letters, i) => letters.Remove(i, Math.Min(random.Next(1, 9), letters.Length - i)))),
        ("cut off the end", (text, random) => text[..random.Next(text.Length)]),
        ("cut off the beginning", (text, random) => text[random.Next(text.Length)..]),
        ("rename a key", (text, random) => OnMatch(KeyPattern(), text, random, match => Misspelt(match.Value, random))),
        ("another value", (text, random) => OnMatch(ValuePattern(), text, random, _ => " " + Values[random.Next(Values.Length)])),
        ("a value's kind", (text, random) => OnMatch(ValuePattern(), text, random, match => random.Next(3) switch { 0 => $" [{match.Value}]", 1 => $" {{ a: {match.Value} }}", _ => "\n    - " + match.Value })),
        ("no colon", (text, random) => OnMatch(ColonPattern(), text, random, _ => random.Next(2) == 0 ? "" : ":")),
        ("join two places", (text, random) => text[..random.Next(text.Length)] + text[random.Next(text.Length)..]),
        ("repeat a piece", (text, random) => Repeat(text, random)),
    ];

    /// <summary>One to three changes, named so that a failure can be understood.</summary>
    public static (string Text, string Name) Of(string text, Random random)
    {
        var names = new List<string>();
        for (var i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            var (name, apply) = Kinds[random.Next(Kinds.Length)];
            text = apply(text, random);
            names.Add(name);
        }

        return (text, string.Join(", ", names));
    }

    private static char Letter(Random random) => Letters[random.Next(Letters.Length)];

    private static string OnLines(string text, Action<List<string>> change)
    {
        var lines = text.Split('\n').ToList();
        change(lines);
        return string.Join('\n', lines);
    }

    private static void Change(List<string> lines, Random random, Func<string, string> change)
    {
        var i = random.Next(lines.Count);
        lines[i] = change(lines[i]);
    }

    private static void Swap(List<string> lines, Random random)
    {
        var (i, j) = (random.Next(lines.Count), random.Next(lines.Count));
        (lines[i], lines[j]) = (lines[j], lines[i]);
    }

    private static string At(string text, Random random, Action<StringBuilder, int> change)
    {
        var letters = new StringBuilder(text);
        change(letters, random.Next(text.Length));
        return letters.ToString();
    }

    private static string OnMatch(Regex pattern, string text, Random random, Func<Match, string> change)
    {
        var matches = pattern.Matches(text);
        if (matches.Count == 0)
        {
            return text;
        }

        var match = matches[random.Next(matches.Count)];
        return text[..match.Index] + change(match) + text[(match.Index + match.Length)..];
    }

    private static string Misspelt(string word, Random random)
    {
        var i = random.Next(word.Length);
        return random.Next(3) switch { 0 => word.Remove(i, 1), 1 => word.Insert(i, "e"), _ => word.ToUpperInvariant() };
    }

    private static string Repeat(string text, Random random)
    {
        var start = random.Next(text.Length);
        var piece = text.Substring(start, Math.Min(random.Next(1, 200), text.Length - start));
        return text.Insert(start, string.Concat(Enumerable.Repeat(piece, random.Next(1, 30))));
    }

    [GeneratedRegex(@"[A-Za-z][\w-]*(?=:)")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"(?<=:) [^\n]+")]
    private static partial Regex ValuePattern();

    [GeneratedRegex(@": ")]
    private static partial Regex ColonPattern();
}
