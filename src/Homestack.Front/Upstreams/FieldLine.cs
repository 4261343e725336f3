using System.Buffers;
using System.Text;

namespace Homestack.Front.Upstreams;

/// <summary>One field of an answer.</summary>
/// <param name="Name">As the application wrote it, or as it is usually written.</param>
/// <param name="Value">Without spaces around it; byte for byte, as Latin-1.</param>
internal readonly record struct FieldLine(string Name, string Value)
{
    /// <summary>More than that is no answer.</summary>
    public const int Most = 256;

    // All control characters but the tab.
    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Where(value => value != '\t').Select(value => (byte)value)]);

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads lines up to their end. Every line ends with CR LF, none is folded, and no name stands before a space.</summary>
    /// <param name="lines">Without the empty line that ends them; empty, or with CR LF at its end.</param>
    /// <param name="fields">Receives them.</param>
    /// <param name="before">Fields of the answer before: an application says nearly the same each time, and what is the same needs no new string.</param>
    /// <returns>False when a line could be read in more than one way.</returns>
    /// <remarks><para>Source: RFC 9112 §5, §5.2 (folded lines of an answer may be refused with 502).</para></remarks>
    public static bool TryRead(ReadOnlySpan<byte> lines, List<FieldLine> fields, List<FieldLine>? before = null)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            if (end < 1 || lines[end - 1] != '\r' || fields.Count == Most)
            {
                return false;
            }

            var line = lines[..(end - 1)];
            lines = lines[(end + 1)..];
            var colon = line.IndexOf((byte)':');
            if (colon < 1 || line[..colon].ContainsAnyExcept(FieldNames.Token))
            {
                return false;
            }

            var value = line[(colon + 1)..].Trim(" \t"u8);
            if (value.ContainsAny(Controls))
            {
                return false;
            }

            var known = before is not null && fields.Count < before.Count ? before[fields.Count] : default;
            fields.Add(new(
                known.Name is not null && Ascii.Equals(line[..colon], known.Name) ? known.Name : FieldNames.Of(line[..colon]),
                known.Value is not null && Ascii.Equals(value, known.Value) ? known.Value : Encoding.Latin1.GetString(value)));
        }

        return true;
    }
}
