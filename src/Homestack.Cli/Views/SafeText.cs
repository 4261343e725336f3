using System.Text;

namespace Homestack.Cli.Views;

/// <summary>Text from files and engines, made safe to print: a terminal obeys control characters, and what we show was written by others.</summary>
internal static class SafeText
{
    /// <summary>Every control character but the tab, and every bidirectional override, becomes "�".</summary>
    public static string Line(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            safe.Append(IsUnsafe(letter) ? '\uFFFD' : letter);
        }

        return safe.ToString();
    }

    /// <summary>The same for several lines: line breaks stay.</summary>
    public static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => Line(line.TrimEnd('\r'))));

    private static bool IsUnsafe(char letter) => (char.IsControl(letter) && letter != '\t') || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
