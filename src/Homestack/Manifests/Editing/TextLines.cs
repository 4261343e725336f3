namespace Homestack.Manifests.Editing;

/// <summary>The lines of a file, to find where an entry that is written in lines ends.</summary>
internal sealed class TextLines
{
    private readonly string text;
    private readonly List<int> starts = [0];

    public TextLines(string text)
    {
        this.text = text;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }
    }

    /// <summary>What ends a line in this file.</summary>
    public string LineEnd => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    public int LineOf(int index)
    {
        var found = starts.BinarySearch(index);
        return found >= 0 ? found : ~found - 1;
    }

    public int StartOf(int line) => line < starts.Count ? starts[line] : text.Length;

    /// <summary>Index after the last letter of a line, before what ends it.</summary>
    public int EndOf(int line)
    {
        var end = StartOf(line + 1);
        while (end > StartOf(line) && text[end - 1] is '\n' or '\r')
        {
            end--;
        }

        return end;
    }

    public int ColumnOf(int index) => index - StartOf(LineOf(index));

    /// <summary>The last line of an entry that begins at this index: what stands deeper than its key, and a list at its key's depth.</summary>
    public int LastLineOf(int keyStart)
    {
        var depth = ColumnOf(keyStart);
        var last = LineOf(keyStart);
        for (var line = last + 1; line < starts.Count; line++)
        {
            var words = text.AsSpan(StartOf(line), EndOf(line) - StartOf(line));
            var content = words.TrimStart(' ');
            if (content.IsEmpty)
            {
                continue;
            }

            var indent = words.Length - content.Length;
            var isItem = content[0] == '-' && (content.Length == 1 || content[1] == ' ');
            if (indent < depth || (indent == depth && !isItem))
            {
                break;
            }

            last = line;
        }

        return last;
    }
}
