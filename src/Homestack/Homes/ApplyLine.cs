using System.Text.Json.Serialization;
using Homestack.Apply;
using Homestack.Collections;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack.Homes;

/// <summary>One line of the stream in which the engine tells of an apply: an event, or at last the result.</summary>
public sealed record ApplyLine
{
    public required ApplyLineKind Kind { get; init; }

    /// <summary>Of the step that began or goes on; 0 otherwise.</summary>
    public int Number { get; init; }

    public StepProgress? Progress { get; init; }

    /// <summary>Of the step that ended or was undone.</summary>
    public StepResult? Step { get; init; }

    public ApplyResult? Result { get; init; }

    /// <summary>With the result.</summary>
    public ValueList<WireDiagnostic> Diagnostics { get; init; } = [];

    public static ApplyLine Of(ApplyEvent happened) => happened switch
    {
        StepStarted started => new() { Kind = ApplyLineKind.Started, Number = started.Step.Number },
        StepMoved moved => new() { Kind = ApplyLineKind.Moved, Number = moved.Step.Number, Progress = moved.Progress },
        StepEnded ended => new() { Kind = ApplyLineKind.Ended, Step = ended.Result },
        StepUndone undone => new() { Kind = ApplyLineKind.Undone, Step = undone.Result },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "Not a known event."),
    };

    public static ApplyLine Of(ApplyResult result) => new() { Kind = ApplyLineKind.Result, Result = result, Diagnostics = result.Diagnostics.Select(WireDiagnostic.Of).ToValueList() };

    /// <summary>The event again, for one who holds the plan; null when it is none.</summary>
    public ApplyEvent? EventIn(Plan plan) => (Kind, Number >= 1 && Number <= plan.Steps.Count ? plan.Steps[Number - 1] : null, Progress, Step) switch
    {
        (ApplyLineKind.Started, { } step, _, _) => new StepStarted(step),
        (ApplyLineKind.Moved, { } step, { } progress, _) => new StepMoved(step, progress),
        (ApplyLineKind.Ended, _, _, { } result) => new StepEnded(result),
        (ApplyLineKind.Undone, _, _, { } result) => new StepUndone(result),
        _ => null,
    };
}

/// <summary>What a line tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApplyLineKind>))]
public enum ApplyLineKind
{
    Started,
    Moved,
    Ended,
    Undone,
    Result,
}
