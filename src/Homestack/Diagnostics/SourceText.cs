namespace Homestack.Diagnostics;

/// <summary>One text file as it was read: the path that people know it by, and its lines for showing a place. Equal by path and text.</summary>
public sealed class SourceText : IEquatable<SourceText>
{
    private readonly int firstLine;

    /// <param name="path">As it is shown.</param>
    /// <param name="text">All of the file, or what is known of it.</param>
    /// <param name="firstLine">The number of the text's first line: above 1 for a piece from the middle of a file.</param>
    public SourceText(string path, string text, int firstLine = 1)
    {
        Path = path;
        Text = text;
        this.firstLine = firstLine;
    }

    /// <summary>The path as it is shown: relative to the home's folder, with forward slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>One line without its line break; empty when there is no such line.</summary>
    /// <param name="number">From 1.</param>
    /// <remarks>Looks for it each time: a table of all lines would cost more than a hostile file is worth.</remarks>
    public string Line(int number)
    {
        var rest = Text.AsSpan();
        for (var line = firstLine; line < number; line++)
        {
            var end = rest.IndexOf('\n');
            if (end < 0)
            {
                return "";
            }

            rest = rest[(end + 1)..];
        }

        var length = number < firstLine ? 0 : rest.IndexOf('\n');
        return (length < 0 ? rest : rest[..length]).TrimEnd('\r').ToString();
    }

    public bool Equals(SourceText? other) => ReferenceEquals(this, other) || (other is not null && Path == other.Path && firstLine == other.firstLine && Text == other.Text);

    public override bool Equals(object? obj) => Equals(obj as SourceText);

    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Path;
}
