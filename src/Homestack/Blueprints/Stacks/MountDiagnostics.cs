using Homestack.Diagnostics;

namespace Homestack.Blueprints.Stacks;

/// <summary>HS2070 to HS2089: what is mounted into the containers of one stack.</summary>
internal static class MountDiagnostics
{
    public static Diagnostic TargetTwice(string target, SourceSpan span, string path) =>
        Of(Severity.Error, "HS2070", "Two things at one path", $"Something else is already mounted at \"{target}\". Give one of them another path.", span, path);

    public static Diagnostic OwnerOfFile(Located<string> name, string path) =>
        Of(Severity.Warning, "HS2071", "Owner and mode have no effect", $"\"{name.Value}\" is a file of the host and keeps its own owner and mode. Change them there.", name.Span, path);

    public static Diagnostic RelativeTarget(Located<string> target, string path) =>
        Of(Severity.Error, "HS2072", "Path in the container is not absolute", $"\"{target.Value}\" must begin with \"/\".", target.Span, path);

    public static Diagnostic ValueOfVariable(string what, string name, Located<string> variable, string path) =>
        Of(Severity.Error, "HS2073", "A variable's value would be kept in clear",
            $"The {what} \"{name}\" takes the value of ${variable.Value}, which would be written into plans and generations. "
            + $"Keep it in the home's secret store instead: printenv {variable.Value} | homestack secret set {NameFor(name)}, and write \"external: true\""
            + (NameFor(name) == name ? "" : $" with \"name: {NameFor(name)}\"") + " in place of \"environment\".", variable.Span, path);

    private static string NameFor(string name) => string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-'));

    private static Diagnostic Of(Severity severity, string code, string summary, string detail, SourceSpan span, string path) =>
        new() { Code = code, Severity = severity, Summary = summary, Detail = detail, Span = span, Path = path };
}
