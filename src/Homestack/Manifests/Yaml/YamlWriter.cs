using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Yaml;

/// <summary>Turns nodes into the text of a YAML file that reads back as the same nodes.</summary>
/// <remarks>
/// Pure. Block style, two spaces, everything quoted that any YAML 1.1 or 1.2 reader could take for something else (<c>no</c>, <c>12:30</c>, <c>1e3</c>, <c>=</c>).
/// A plain scalar that is a number, a boolean or null stays one. What was written is read back and compared before it is handed out.
/// <para>Source: YAML 1.2.2; YAML 1.1 types (yaml.org/type), which PyYAML still obeys.</para>
/// </remarks>
public static partial class YamlWriter
{
    /// <summary>Readers give up on a key that is longer than 1024 characters unless it is marked with a question mark.</summary>
    private const int LongestPlainKey = 512;

    /// <exception cref="InvalidOperationException">HS9010: the text reads back differently. Also when the nodes exceed <see cref="YamlBudget"/>.</exception>
    public static string Write(YamlNode root)
    {
        var text = new StringBuilder();
        WriteRoot(root, text);
        var written = text.ToString();
        var diagnostics = new DiagnosticBag();
        return YamlReader.Read(new SourceText("written.yaml", written), diagnostics) is { } read && !diagnostics.HasErrors && IsSame(root, read)
            ? written
            : throw new InvalidOperationException("HS9010: A YAML text reads back differently from how it was written. This is a bug in Homestack.");
    }

    /// <summary>Whether two nodes say the same, wherever they stand.</summary>
    public static bool IsSame(YamlNode left, YamlNode right) => left.Tag == right.Tag && (left, right) switch
    {
        (YamlScalar one, YamlScalar other) => one.Value == other.Value && IsTyped(one) == IsTyped(other),
        (YamlSequence one, YamlSequence other) => one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => IsSame(pair.First, pair.Second)),
        (YamlMapping one, YamlMapping other) => one.Entries.Count == other.Entries.Count
            && one.Entries.Zip(other.Entries).All(pair => pair.First.Key.Value == pair.Second.Key.Value && IsSame(pair.First.Value, pair.Second.Value)),
        _ => false,
    };

    private static void WriteRoot(YamlNode root, StringBuilder text)
    {
        if (IsBlock(root))
        {
            WriteBlock(root, 0, text);
        }
        else
        {
            text.Append(Inline(root)).Append('\n');
        }
    }

    private static bool IsBlock(YamlNode node) => node.Tag is null && node is YamlSequence { Items.Count: > 0 } or YamlMapping { Entries.Count: > 0 };

    private static void WriteBlock(YamlNode node, int indent, StringBuilder text)
    {
        if (node is YamlSequence sequence)
        {
            foreach (var item in sequence.Items)
            {
                text.Append(' ', indent).Append('-');
                WriteValue(item, indent + 2, startsOnSameLine: item is YamlMapping, text);
            }
        }
        else if (node is YamlMapping mapping)
        {
            foreach (var entry in mapping.Entries)
            {
                var key = Scalar(entry.Key);
                text.Append(' ', indent).Append(key.Length > LongestPlainKey ? $"? {key}\n{new string(' ', indent)}:" : $"{key}:");
                WriteValue(entry.Value, indent + 2, startsOnSameLine: false, text);
            }
        }
    }

    private static void WriteValue(YamlNode node, int indent, bool startsOnSameLine, StringBuilder text)
    {
        if (!IsBlock(node))
        {
            var inline = Inline(node);
            text.Append(inline.Length > 0 ? " " : "").Append(inline).Append('\n');
        }
        else if (startsOnSameLine)
        {
            // "- key: value": the first key stands where its indentation would be.
            var block = new StringBuilder();
            WriteBlock(node, indent, block);
            text.Append(' ').Append(block, indent, block.Length - indent);
        }
        else
        {
            text.Append('\n');
            WriteBlock(node, indent, text);
        }
    }

    private static string Inline(YamlNode node) => node switch
    {
        { Tag: not null } => throw new InvalidOperationException("HS9011: A YAML node with a tag cannot be written. This is a bug in Homestack."),
        YamlSequence => "[]",
        YamlMapping => "{}",
        YamlScalar scalar => Scalar(scalar),
        _ => throw new InvalidOperationException("HS9012: A YAML node of an unknown kind cannot be written. This is a bug in Homestack."),
    };

    private static string Scalar(YamlScalar scalar) => IsTyped(scalar) || IsUnambiguous(scalar.Value) ? scalar.Value : Quoted(scalar.Value);

    /// <summary>Written plain and meant as nothing, a boolean or a number.</summary>
    private static bool IsTyped(YamlScalar scalar) => scalar.IsPlain && (scalar.IsNull || Words().IsMatch(scalar.Value) || Number().IsMatch(scalar.Value));

    private static bool IsUnambiguous(string value) => PlainText().IsMatch(value) && !Words().IsMatch(value);

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        for (var i = 0; i < value.Length; i++)
        {
            var letter = value[i];
            if (char.IsHighSurrogate(letter) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(letter, value[++i]):X8}");
                continue;
            }

            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\r' => text.Append("\\r"),
                >= ' ' and <= '~' or >= '\u00a1' and < '\u2000' and not '\u00ad' => text.Append(letter),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>Begins with a letter, <c>_</c> or a path; no spaces; no colon at the end.</summary>
    [GeneratedRegex(@"\A(?:[A-Za-z_]|\.?/)(?:[A-Za-z0-9_./@+:-]*[A-Za-z0-9_./@+-])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainText();

    [GeneratedRegex(@"\A(?:~|null|true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"\A[-+]?(?:\.?[0-9](?:[0-9A-Za-z_.:+-]*[0-9A-Za-z_.])?|\.(?:inf|Inf|INF|nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
