using System.Text.Json;
using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Primitives;

/// <summary>A value that may name secrets: literal pieces and <c>${secret:name}</c> references, never a secret itself.</summary>
/// <remarks>
/// It is what plans, journals, generations and digests hold. The values are put in by the driver at the moment of use.
/// Written form: a reference is <c>${secret:name}</c>; a literal <c>${</c> is <c>$${</c>, so that reading back is exact.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter))]
public sealed record Text(ValueList<TextPart> Parts)
{
    private const string Start = "${secret:";

    public static Text Literal(string value) => new([new TextPart(value, IsSecret: false)]);

    public static Text SecretNamed(string name) => new([new TextPart(name, IsSecret: true)]);

    /// <summary>Names of the secrets it needs, in order of appearance.</summary>
    [JsonIgnore]
    public IEnumerable<string> Secrets => Parts.Where(part => part.IsSecret).Select(part => part.Value);

    /// <summary>The plain value with every secret put in.</summary>
    public string Reveal(Func<string, string> secret) => string.Concat(Parts.Select(part => part.IsSecret ? secret(part.Value) : part.Value));

    /// <summary>The written form.</summary>
    public override string ToString() =>
        string.Concat(Parts.Select(part => part.IsSecret ? $"{Start}{part.Value}}}" : part.Value.Replace("${", "$${", StringComparison.Ordinal)));

    /// <summary>Reads the written form. A piece that only looks like a reference is kept as literal text.</summary>
    public static Text Parse(string written)
    {
        var parts = new List<TextPart>();
        var literal = new System.Text.StringBuilder();
        for (var i = 0; i < written.Length;)
        {
            if (string.CompareOrdinal(written, i, "$${", 0, 3) == 0)
            {
                literal.Append("${");
                i += 3;
            }
            else if (string.CompareOrdinal(written, i, Start, 0, Start.Length) == 0 && EndOfReference(written, i + Start.Length) is var end and > 0
                && SecretName.IsValid(written[(i + Start.Length)..end]))
            {
                if (literal.Length > 0)
                {
                    parts.Add(new(literal.ToString(), IsSecret: false));
                    literal.Clear();
                }

                parts.Add(new(written[(i + Start.Length)..end], IsSecret: true));
                i = end + 1;
            }
            else
            {
                literal.Append(written[i++]);
            }
        }

        if (literal.Length > 0 || parts.Count == 0)
        {
            parts.Add(new(literal.ToString(), IsSecret: false));
        }

        return new(parts.ToValueList());
    }

    /// <remarks>Looks no further than the longest name, so that many openings without an end cost no time.</remarks>
    private static int EndOfReference(string written, int start) => written.IndexOf('}', start, Math.Min(65, written.Length - start));

    internal sealed class TextJsonConverter : JsonConverter<Text>
    {
        public override Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Text value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}

/// <summary>One piece of a <see cref="Text"/>.</summary>
/// <param name="Value">The literal characters, or the secret's name.</param>
/// <param name="IsSecret">Which of the two it is.</param>
public readonly record struct TextPart(string Value, bool IsSecret);
