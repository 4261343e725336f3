using System.Text;
using Homestack.Collections;

namespace Homestack.Cli.Installing;

/// <summary>A systemd unit as a value: sections in order, each with keys in order. Written by a writer and read back, never by a template.</summary>
/// <remarks><para>Source: systemd.syntax(7); the quoting of systemd.service(5), "COMMAND LINES".</para></remarks>
internal sealed record SystemdUnit(ValueList<UnitSection> Sections)
{
    /// <summary>The unit's text.</summary>
    /// <exception cref="ArgumentException">A value holds a line break or another control character, which no quoting keeps apart.</exception>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var section in Sections)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append('[').Append(section.Name).Append("]\n");
            foreach (var (key, value) in section.Entries)
            {
                if (value.Any(char.IsControl))
                {
                    throw new ArgumentException($"The value of {key} holds a control character.", nameof(value));
                }

                text.Append(key).Append('=').Append(value).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SystemdUnit Parse(string text)
    {
        var sections = new List<UnitSection>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')))
        {
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                sections.Add(new(line[1..^1], []));
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && sections.Count > 0)
            {
                sections[^1] = sections[^1] with { Entries = sections[^1].Entries.Add(new(line[..equals], line[(equals + 1)..])) };
            }
            else
            {
                throw new FormatException($"Not a line of a unit: {line}");
            }
        }

        return new(sections.ToValueList());
    }

    /// <summary>A command line: every word quoted, and what systemd would expand (<c>%</c>, <c>$</c>) doubled.</summary>
    public static string CommandLine(IEnumerable<string> words) => string.Join(' ', words.Select(word =>
        "\"" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal) + "\""));

    /// <summary>One assignment for <c>Environment=</c>; <c>$</c> has no meaning there.</summary>
    public static string Assignment(string name, string value) =>
        "\"" + (name + "=" + value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal) + "\"";
}

/// <summary>One section of a unit.</summary>
internal sealed record UnitSection(string Name, ValueList<UnitEntry> Entries);

/// <summary>One line of a section.</summary>
internal readonly record struct UnitEntry(string Key, string Value);
