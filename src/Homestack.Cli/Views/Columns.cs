namespace Homestack.Cli.Views;

/// <summary>Lines of cells, aligned: each column is as wide as its widest cell, the last one is free.</summary>
/// <remarks>Cells are measured before they are painted, because colour has no width.</remarks>
internal sealed class Columns(string indent)
{
    private const string Gap = "  ";

    private readonly List<Cell[]> rows = [];

    public void Add(params Cell[] cells) => rows.Add(cells);

    public void WriteTo(TextWriter writer)
    {
        var widths = new int[rows.Count == 0 ? 0 : rows.Max(row => row.Length)];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Text.Length);
            }
        }

        foreach (var row in rows)
        {
            var last = Array.FindLastIndex(row, cell => cell.Text.Length > 0);
            writer.Write(indent);
            for (var i = 0; i <= last; i++)
            {
                writer.Write(row[i].Paint(row[i].Text));
                writer.Write(i == last ? "" : new string(' ', widths[i] - row[i].Text.Length) + Gap);
            }

            writer.WriteLine();
        }
    }
}

/// <summary>One cell: what it says and how it is painted.</summary>
internal readonly record struct Cell(string Text, Func<string, string> Paint)
{
    public static implicit operator Cell(string text) => new(SafeText.Line(text), static words => words);

    public static Cell Painted(string text, Func<string, string> paint) => new(SafeText.Line(text), paint);
}
