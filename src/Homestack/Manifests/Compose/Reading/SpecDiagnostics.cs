using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>HS1140 to HS1199: a key of the Compose Specification is refused, or its value is wrong.</summary>
internal static class SpecDiagnostics
{
    /// <remarks>The reason is a full sentence: what it would change, or what to do.</remarks>
    public static Diagnostic NotSupported(string key, string why, SourceSpan span, string path) =>
        Of(Severity.Error, "HS1140", "Not supported", $"\"{key}\" is part of the Compose Specification but not done here. {why}", span, path);

    public static Diagnostic NoEffect(string key, string why, SourceSpan span, string path) =>
        Of(Severity.Warning, "HS1141", "Key has no effect", $"\"{key}\" is read and does nothing here. {why}", span, path);

    public static Diagnostic Rewritten(YamlScalar scalar, string value, string path) =>
        Of(Severity.Warning, "HS1142", "Number is not kept as written",
            $"YAML reads {BindingDiagnostics.Shown(scalar.Value)} as a number, so the value is \"{value}\". Put it in quotes to keep it as it stands.", scalar.Span, path);

    public static Diagnostic ShellOperator(string word, SourceSpan span, string path) =>
        Of(Severity.Warning, "HS1143", "Shell operator without a shell",
            $"\"{BindingDiagnostics.Shown(word)}\" is handed to the program as a word, because no shell reads this command. Write [\"sh\", \"-c\", \"…\"] if a shell is meant.", span, path);

    public static Diagnostic OpenQuote(SourceSpan span, string path) =>
        Of(Severity.Error, "HS1144", "Quote is never closed", "The command ends within a quote. Close it, or write the command as a list.", span, path);

    public static Diagnostic Port(string written, string words, SourceSpan span, string path) =>
        Of(Severity.Error, "HS1145", "Port not understood",
            $"\"{BindingDiagnostics.Shown(written)}\": {words} Write [ADDRESS:][HOST:]CONTAINER[/PROTOCOL], such as \"8080:80\" or \"127.0.0.1:5000-5010:5000-5010/udp\".", span, path);

    public static Diagnostic Mount(string written, string words, SourceSpan span, string path) =>
        Of(Severity.Error, "HS1146", "Volume not understood", $"\"{BindingDiagnostics.Shown(written)}\": {words} Write [SOURCE:]TARGET[:OPTIONS], such as \"./data:/data:ro\".", span, path);

    public static Diagnostic NoImage(Located<string> service) =>
        Of(Severity.Error, "HS1147", "Service has neither image nor build", $"\"{service.Value}\" needs \"image:\" to pull or \"build:\" to make.", service.Span, "services." + service.Value);

    public static Diagnostic BadName(string what, YamlScalar key, string path) =>
        Of(Severity.Error, "HS1148", "Name not allowed", $"\"{BindingDiagnostics.Shown(key.Value)}\" cannot name a {what}. Use letters, digits, \".\", \"_\" and \"-\".", key.Span, path);

    public static Diagnostic NoServices(SourceSpan span) =>
        Of(Severity.Error, "HS1149", "Stack has no services", "A stack needs at least one service under \"services:\".", span, "services");

    public static Diagnostic Value(string written, string rule, SourceSpan span, string path) =>
        Of(Severity.Error, "HS1150", "Value not allowed", $"\"{BindingDiagnostics.Shown(written)}\" cannot stand here. Write {rule}.", span, path);

    public static Diagnostic FileSource(string what, Located<string> name, string path) =>
        Of(Severity.Error, "HS1151", "Where a file comes from is unclear", $"The {what} \"{name.Value}\" needs exactly one of \"file\", \"environment\", \"content\" and \"external: true\".", name.Span, path);

    public static Diagnostic FileVariable(string variable, SourceSpan span, string path) =>
        Of(Severity.Error, "HS1152", "Variable for a file is not set", $"\"{variable}\" is set neither in the environment nor in \".env\".", span, path);

    public static Diagnostic ExternalWith(string key, SourceSpan span, string path) =>
        Of(Severity.Error, "HS1153", "External thing cannot be described", $"What is external exists already, so \"{key}\" could not be obeyed. Remove it, or remove \"external\".", span, path);

    public static Diagnostic Healthcheck(SourceSpan span, string path) =>
        Of(Severity.Error, "HS1154", "Health test not understood", "The list must begin with \"CMD\", \"CMD-SHELL\" or \"NONE\". A single text is run by the container's shell.", span, path);

    public static Diagnostic FormatOne(SourceSpan span, string path) =>
        Of(Severity.Error, "HS1155", "Stack file is too old", "Services must stand under \"services:\"; the format without it ended with Compose 1. Indent them below that key.", span, path);

    public static Diagnostic TooManyPorts(int most, SourceSpan span, string path) =>
        Of(Severity.Error, "HS1190", "Too many ports", $"With this range the stack publishes more than {most:N0} ports, and each costs the engine a rule of its own. Publish fewer, or use \"network_mode: host\".", span, path);

    private static Diagnostic Of(Severity severity, string code, string summary, string detail, SourceSpan span, string path) =>
        new() { Code = code, Severity = severity, Summary = summary, Detail = detail, Span = span, Path = path };
}
