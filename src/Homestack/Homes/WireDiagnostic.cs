using Homestack.Diagnostics;

namespace Homestack.Homes;

/// <summary>A diagnostic on its way from the engine to its caller. The source text stays behind: a place arrives as words.</summary>
public sealed record WireDiagnostic(string Code, bool IsError, string Summary, string Detail, string Place)
{
    public static WireDiagnostic Of(Diagnostic diagnostic) =>
        new(diagnostic.Code, diagnostic.Severity == Severity.Error, diagnostic.Summary, diagnostic.Detail, diagnostic.Span is { } span ? span.ToString() : diagnostic.Path);

    public Diagnostic ToDiagnostic() => new() { Code = Code, Severity = IsError ? Severity.Error : Severity.Warning, Summary = Summary, Detail = Detail, Path = Place };
}
