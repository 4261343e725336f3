using System.Runtime.CompilerServices;

namespace Homestack.NameServer.Tests.Scenarios;

/// <summary>One line of a script, and the lines indented below it.</summary>
internal sealed record ScriptLine(string File, int Number, string Text, List<ScriptLine> Below)
{
    public string Place => $"{File}:{Number}";

    public string[] Words => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public FormatException Unread(string why) => new($"{Place}: {why}: {Text}");
}

/// <summary>A story of a name server: what it serves, whom it asks, and what is asked of it in turn. <c>README.md</c> beside the scripts has the form.</summary>
/// <param name="File">Its script.</param>
/// <param name="Title">Begins with the section of the standard it comes from; once in a file.</param>
/// <param name="Lines">What is served first, then what happens.</param>
internal sealed record Scenario(string File, string Title, IReadOnlyList<ScriptLine> Lines)
{
    private const string Mark = "== ";

    /// <summary>Every scenario of every script in the folder.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
        [.. Directory.GetFiles(Folder(), "*.txt").Order(StringComparer.Ordinal).SelectMany(path => Read(Path.GetFileName(path), LinesOf(path)))];

    /// <summary>What stands before the first scenario of a file belongs to each of them.</summary>
    public static IReadOnlyList<Scenario> Read(string file, IReadOnlyList<string> lines)
    {
        var common = new List<ScriptLine>();
        var found = new List<Scenario>();
        var current = common;
        for (var number = 1; number <= lines.Count; number++)
        {
            var text = lines[number - 1];
            var trimmed = text.Trim();
            if (trimmed.Length == 0 || trimmed[0] == ';')
            {
                continue;
            }

            if (trimmed.StartsWith(Mark, StringComparison.Ordinal))
            {
                current = [.. common];
                found.Add(new Scenario(file, trimmed[Mark.Length..], current));
                continue;
            }

            var line = new ScriptLine(file, number, trimmed, []);
            (char.IsWhiteSpace(text[0]) ? current[^1].Below : current).Add(line);
        }

        return found;
    }

    public override string ToString() => $"{File} == {Title}";

    private static string[] LinesOf(string path) => System.IO.File.ReadAllLines(path);

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path) ?? ".";
}
