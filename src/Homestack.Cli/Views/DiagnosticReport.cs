using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Cli.Views;

/// <summary>A diagnostic as JSON. Stable: fields are added, never renamed or removed.</summary>
/// <param name="Code">"HS" and four digits.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Summary">The same text every time.</param>
/// <param name="Detail">What, why, how to mend it.</param>
/// <param name="Path">Keys down to the place; empty when there is none.</param>
/// <param name="Place">Where; null when no file is involved.</param>
/// <param name="Related">Other places that belong to the story.</param>
internal sealed record DiagnosticReport(string Code, string Severity, string Summary, string Detail, string Path, PlaceReport? Place, ValueList<RelatedReport> Related)
{
    public static DiagnosticReport Of(Diagnostic diagnostic) => new(
        diagnostic.Code,
        diagnostic.Severity == Diagnostics.Severity.Error ? "error" : "warning",
        diagnostic.Summary,
        diagnostic.Detail,
        diagnostic.Path,
        diagnostic.Span is { } span ? PlaceReport.Of(span) : null,
        diagnostic.Related.Select(related => new RelatedReport(PlaceReport.Of(related.Span), related.Words)).ToValueList());
}

/// <summary>A place in a file: line and column from 1.</summary>
internal sealed record PlaceReport(string File, int Line, int Column, int Length)
{
    public static PlaceReport Of(SourceSpan span) => new(span.Source.Path, span.Line, span.Column, span.Length);
}

/// <summary>A second place with a few words.</summary>
internal sealed record RelatedReport(PlaceReport Place, string Words);
