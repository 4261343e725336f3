using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>What came out of a text with variables.</summary>
/// <param name="Value">The text; up to the problem when there is one.</param>
/// <param name="Unset">Variables that were needed and not set, in order; each became empty.</param>
/// <param name="Problem">Why the text cannot be used; null when it can.</param>
internal sealed record TemplateResult(Text Value, ValueList<string> Unset, TemplateProblem? Problem)
{
    /// <summary>The value when it names no secret; otherwise null.</summary>
    public string? Plain => Value.Parts.Count == 1 && !Value.Parts[0].IsSecret ? Value.Parts[0].Value : null;
}

/// <summary>Why a text with variables cannot be used.</summary>
/// <param name="Kind">Which problem.</param>
/// <param name="Words">A sentence, or the author's own message for a required variable.</param>
internal sealed record TemplateProblem(TemplateProblemKind Kind, string Words)
{
    /// <summary>The variable that is required and missing.</summary>
    public string Variable { get; init; } = "";
}

/// <summary>The ways in which a text with variables can be wrong.</summary>
internal enum TemplateProblemKind
{
    Malformed,
    RequiredMissing,
    SecretName,
}
