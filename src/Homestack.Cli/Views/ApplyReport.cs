using Homestack.Apply;
using Homestack.Collections;

namespace Homestack.Cli.Views;

/// <summary>What the verbs that change something print with <c>--json</c>. Stable: fields are added, never renamed or removed.</summary>
internal sealed record ApplyReport
{
    /// <summary><c>applied</c>, <c>failed</c>, <c>worldMoved</c> or <c>refused</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Number of the generation that was recorded; 0 for none.</summary>
    public required int Generation { get; init; }

    public required double Seconds { get; init; }

    public required ValueList<StepReport> Steps { get; init; }

    /// <summary>The calls that put old states back.</summary>
    public required ValueList<StepReport> Undone { get; init; }

    public required ValueList<DiagnosticReport> Diagnostics { get; init; }

    public static ApplyReport Of(ApplyResult result) => new()
    {
        Outcome = result.Outcome switch { ApplyOutcome.Applied => "applied", ApplyOutcome.WorldMoved => "worldMoved", ApplyOutcome.Refused => "refused", _ => "failed" },
        Generation = result.Generation,
        Seconds = Math.Round(result.Took.TotalSeconds, 3),
        Steps = result.Steps.Select(StepReport.Of).ToValueList(),
        Undone = result.Undone.Select(StepReport.Of).ToValueList(),
        Diagnostics = result.Diagnostics.Select(DiagnosticReport.Of).ToValueList(),
    };
}

/// <summary>How one call ended: <c>done</c>, <c>failed</c> or <c>skipped</c>.</summary>
internal sealed record StepReport(int Number, string Resource, string Call, string Outcome, string Failure, double Seconds)
{
    public static StepReport Of(StepResult step) => new(
        step.Number,
        step.Resource.ToString(),
        step.Summary,
        step.Outcome.ToString().ToLowerInvariant(),
        step.Failure is { } failure ? $"{failure.Call}: {failure.Words}" : "",
        Math.Round(step.Took.TotalSeconds, 3));
}
