using Homestack.Diagnostics;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>HS1100 to HS1139: files, variables, <c>include</c>, <c>extends</c>.</summary>
internal static class LoadingDiagnostics
{
    public static Diagnostic Unreadable(string path, SourceReading reading, SourceSpan? span, string whatFor) =>
        Error("HS1100", "File cannot be read", $"{Sentence(path, reading)} {whatFor}", span);

    public static Diagnostic Empty(SourceText source) =>
        Error("HS1101", "Stack file is empty", "A stack needs at least one service under \"services:\".", SourceSpan.StartOf(source));

    public static Diagnostic TooManyFiles(SourceSpan? span, int limit) =>
        Error("HS1102", "Stack reads too many files", $"With everything that it includes and extends, a stack may read {limit} files.", span);

    public static Diagnostic UnsetVariable(string name, SourceSpan span, IEnumerable<string> known) =>
        new()
        {
            Code = "HS1110",
            Severity = Severity.Warning,
            Summary = "Variable is not set",
            Detail = $"\"{name}\" is set neither in the environment nor in \".env\", so an empty text is used. Set it, or write ${{{name}:-default}}.{Suggestion.For(name, known)}",
            Span = span,
        };

    public static Diagnostic BadTemplate(TemplateProblem problem, SourceSpan span) => problem.Kind switch
    {
        TemplateProblemKind.RequiredMissing => Error("HS1111", "Required variable is missing",
            $"\"{problem.Variable}\" must be set in the environment or in \".env\" beside the stack's file{(problem.Words.Length == 0 ? "." : ": " + problem.Words)}", span),
        TemplateProblemKind.SecretName => Error("HS1113", "Not a secret's name", problem.Words, span),
        _ => Error("HS1112", "Variable is not written well", problem.Words, span),
    };

    public static Diagnostic EnvironmentLine(SourceSpan span, string words) =>
        Error("HS1120", "Line of an env file not understood", $"{words} Each line is NAME=value, NAME alone, a comment after \"#\", or empty.", span);

    public static Diagnostic IncludeCycle(SourceSpan span, IEnumerable<string> chain) =>
        Error("HS1121", "Files include each other", $"{string.Join(" includes ", chain)}. Remove one of these includes.", span);

    public static Diagnostic IncludeConflict(string section, string name, SourceSpan span, SourceSpan other) =>
        Error("HS1122", "Included file defines the same name", $"\"{section}.{name}\" is defined here and, differently, in {other.Source.Path}. Rename one of them or remove it.", span)
            with { Related = [new(other, "also defined here")] };

    public static Diagnostic UnknownBase(string name, SourceSpan span, string file, IEnumerable<string> known) =>
        Error("HS1123", "Extended service does not exist", $"{file} has no service \"{name}\".{Suggestion.For(name, known)}", span);

    public static Diagnostic ExtendsCycle(SourceSpan span, IEnumerable<string> chain) =>
        Error("HS1124", "Services extend each other", $"{string.Join(" extends ", chain)}. Remove one of these keys.", span);

    public static Diagnostic ExtendsTooDeep(SourceSpan span, int limit) =>
        Error("HS1128", "Chain of extends is too long", $"More than {limit} services extend each other in a row. No stack needs that many.", span);

    public static Diagnostic CannotMerge(SourceSpan span, SourceSpan other, string path) =>
        Error("HS1125", "Value does not fit what it extends", $"\"{path}\" is a list in one place and a mapping in the other, so they cannot be joined. Write both the same way, or put \"!override\" before this one.", span)
            with { Related = [new(other, "the other value")] };

    public static Diagnostic UnknownTag(string tag, SourceSpan span) =>
        Error("HS1126", "Unknown YAML tag", $"\"{tag}\" means nothing here. Compose files know \"!reset\" and \"!override\".{Suggestion.For(tag, ["!reset", "!override"])}", span);

    public static Diagnostic NoHome(SourceSpan span) =>
        Error("HS1127", "Home directory is not known", "\"~\" stands for the value of HOME, which is not set. Write the whole path.", span);

    private static string Sentence(string path, SourceReading reading) => reading.Problem switch
    {
        SourceProblem.NotFound => $"There is no file \"{path}\".",
        SourceProblem.NotAFile => $"\"{path}\" is not a file.",
        SourceProblem.TooLarge => $"\"{path}\" is larger than any stack's file needs to be.",
        SourceProblem.NotUtf8 => $"\"{path}\" is not text in UTF-8.",
        _ => $"\"{path}\" cannot be read{(reading.Words.Length == 0 ? "" : ": " + reading.Words)}.",
    };

    private static Diagnostic Error(string code, string summary, string detail, SourceSpan? span) =>
        new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail, Span = span };
}
