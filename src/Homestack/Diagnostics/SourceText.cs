namespace Homestack.Diagnostics;

/// <summary>One text file as it was read: the path that people know it by, and its lines for showing a place.</summary>
public sealed class SourceText
{
    private readonly Lazy<string[]> lines;

    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        lines = new(() => text.Split('\n'));
    }

    /// <summary>The path as it is shown: relative to the home's folder, with forward slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>One line without its line break; empty when there is no such line.</summary>
    /// <param name="number">From 1.</param>
    public string Line(int number) => number >= 1 && number <= lines.Value.Length ? lines.Value[number - 1].TrimEnd('\r') : "";

    public override string ToString() => Path;
}
