using Homestack.Diagnostics;

namespace Homestack.Blueprints.Stacks;

/// <summary>HS2000 to HS2029: what a service names does not exist, or names form a circle.</summary>
internal static class NameDiagnostics
{
    public static Diagnostic UnknownService(Located<string> service, string path, IEnumerable<string> known) =>
        Error("HS2000", "Unknown service", $"This stack has no service \"{service.Value}\".{Suggestion.For(service.Value, known)}", service.Span, path);

    public static Diagnostic InactiveService(Located<string> service, string path) =>
        Error("HS2001", "Service is left out by its profile",
            $"\"{service.Value}\" has profiles and none of them is active, so it cannot be relied on. Activate one, remove its profiles, or write \"required: false\".", service.Span, path);

    public static Diagnostic UnknownNetwork(Located<string> network, string path, IEnumerable<string> known) =>
        Error("HS2002", "Unknown network", $"No network of this stack is named \"{network.Value}\". Declare it under the top-level \"networks:\".{Suggestion.For(network.Value, known)}", network.Span, path);

    public static Diagnostic UnknownVolume(Located<string> volume, string path, IEnumerable<string> known) =>
        Error("HS2003", "Unknown volume",
            $"No volume of this stack is named \"{volume.Value}\". Declare it under the top-level \"volumes:\", or write \"./{volume.Value}\" for a folder.{Suggestion.For(volume.Value, known)}", volume.Span, path);

    public static Diagnostic UnknownFile(string what, Located<string> name, string path, IEnumerable<string> known) =>
        Error("HS2004", "Unknown secret or config", $"No {what} of this stack is named \"{name.Value}\". Declare it under the top-level \"{what}s:\".{Suggestion.For(name.Value, known)}", name.Span, path);

    public static Diagnostic Circle(IReadOnlyList<string> chain, SourceSpan span) =>
        Error("HS2005", "Services wait for each other", $"{string.Join(" needs ", chain.Select(name => $"\"{name}\""))}, so none of them could start first. Remove one of these dependencies.", span, "");

    public static Diagnostic ImageName(Located<string> image, string path) =>
        Error("HS2006", "Not an image name", $"\"{image.Value}\" is no name of an image. Write [REGISTRY/]NAME[:TAG][@DIGEST] in lower case, such as nginx:1.29.", image.Span, path);

    public static Diagnostic ReservedLabel(string label, SourceSpan span, string path) =>
        Error("HS2007", "Label is reserved", $"\"{label}\": labels that begin with \"homestack.\" mark what this home owns. Choose another name.", span, path);

    public static Diagnostic SecretName(Located<string> name, string path) =>
        Error("HS2008", "Not a secret's name", $"\"{name.Value}\" cannot stand in the home's secret store: 1 to 64 of a-z 0-9 . _ -, beginning with a letter or digit. Write \"name:\" beside \"external: true\".", name.Span, path);

    public static Diagnostic Distinct(string key, string other, SourceSpan span, string path) =>
        Error("HS2009", "Two keys say different things", $"\"{key}\" and \"{other}\" differ, so it is unclear which one counts. Remove one of them.", span, path);

    public static Diagnostic Mode(string key, Located<string> value, string choices, string path) =>
        Error("HS2010", "Mode not understood", $"\"{value.Value}\" is no {key}. Write {choices}.", value.Span, path);

    public static Diagnostic HostsDiffer(string what, string name, SourceSpan span) =>
        Error("HS2011", "Services on two hosts share one thing", $"The {what} \"{name}\" exists on one host only, but services on different hosts use it. Give them one host, or each its own {what}.", span, "");

    private static Diagnostic Error(string code, string summary, string detail, SourceSpan span, string path) =>
        new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail, Span = span, Path = path };
}
