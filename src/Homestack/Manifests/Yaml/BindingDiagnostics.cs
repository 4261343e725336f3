using Homestack.Diagnostics;

namespace Homestack.Manifests.Yaml;

/// <summary>HS1020 to HS1049: a value is not of the kind that its place asks for.</summary>
public static class BindingDiagnostics
{
    private const int MostKnown = 40;

    public static Diagnostic UnknownKey(YamlScalar key, string path, IReadOnlyCollection<string> known)
    {
        var suggestion = Suggestion.For(key.Value, known);
        var list = suggestion.Length > 0 || known.Count == 0 ? ""
            : known.Count <= MostKnown ? $" Known here: {string.Join(", ", known.Order(StringComparer.Ordinal))}." : "";
        return Error("HS1020", "Unknown key", $"\"{Shown(key.Value)}\" means nothing here.{suggestion}{list}", key.Span, Join(path, key.Value));
    }

    /// <param name="expected">With its article, such as <c>a mapping</c>.</param>
    /// <param name="node">What stands there.</param>
    /// <param name="path">The place as a path of keys.</param>
    public static Diagnostic Expected(string expected, YamlNode node, string path) =>
        Error("HS1021", "Value of the wrong kind", $"Expected {expected}, found {Found(node)}.", node.Span, path);

    /// <param name="rule">What would be right, as the end of "Write …".</param>
    /// <param name="scalar">What stands there.</param>
    /// <param name="path">The place as a path of keys.</param>
    public static Diagnostic NotUnderstood(string rule, YamlScalar scalar, string path) =>
        Error("HS1022", "Value not understood", $"\"{Shown(scalar.Value)}\" cannot be read. Write {rule}.", scalar.Span, path);

    public static Diagnostic OutOfRange(string range, YamlScalar scalar, string path) =>
        Error("HS1023", "Number out of range", $"{Shown(scalar.Value)} is not allowed here. It must be {range}.", scalar.Span, path);

    public static Diagnostic UnknownChoice(YamlScalar scalar, IReadOnlyCollection<string> choices, string path) =>
        Error("HS1024", "Not one of the choices", $"\"{Shown(scalar.Value)}\" is not one of {string.Join(", ", choices)}.{Suggestion.For(scalar.Value, choices)}", scalar.Span, path);

    public static Diagnostic Missing(string key, string purpose, SourceSpan span, string path) =>
        Error("HS1025", "Required key is missing", $"\"{key}\" must stand here: {purpose}.", span, Join(path, key));

    public static Diagnostic UnsupportedTag(YamlNode node, string path) =>
        Error("HS1026", "Tag not supported", $"\"{Shown(node.Tag ?? "")}\" means nothing here. Remove the tag.", node.Span, path);

    public static Diagnostic SecretNotHere(SourceSpan span, string path) =>
        Error("HS1027", "Secret cannot be used here", "\"${secret:name}\" may stand in values of a service's \"environment\" and of its env files, and in \"content\" of configs and secrets. "
            + "Here its value would be written into plans and labels.", span, path);

    /// <summary>The path of a key below another path.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? Shown(key) : $"{path}.{Shown(key)}";

    /// <summary>User text, cut so that a message stays a message, and without control characters so that it cannot play with the terminal.</summary>
    public static string Shown(string text)
    {
        var cut = text.Length <= 60 ? text : text[..60] + "…";
        return cut.AsSpan().IndexOfAnyInRange('\u0000', '\u001f') < 0 && cut.AsSpan().IndexOfAnyInRange('\u007f', '\u009f') < 0
            ? cut
            : string.Concat(cut.Select(letter => char.IsControl(letter) ? '\u00b7' : letter));
    }

    private static string Found(YamlNode node) => node switch
    {
        YamlMapping => "a mapping",
        YamlSequence => "a list",
        YamlScalar { IsNull: true } => "nothing",
        YamlScalar scalar => $"\"{Shown(scalar.Value)}\"",
        _ => "something else",
    };

    private static Diagnostic Error(string code, string summary, string detail, SourceSpan span, string path) =>
        new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail, Span = span, Path = path };
}
