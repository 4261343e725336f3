using System.Text.Json.Serialization;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Apply;

/// <summary>What came of a plan.</summary>
public sealed record ApplyResult
{
    public required ApplyOutcome Outcome { get; init; }

    /// <summary>Number of the generation that was recorded; 0 for none.</summary>
    public int Generation { get; init; }

    public DateTimeOffset Started { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>Every step of the plan, by number; empty when nothing was tried.</summary>
    public ValueList<StepResult> Steps { get; init; } = [];

    /// <summary>The calls that put old states back, in the order they were made.</summary>
    public ValueList<StepResult> Undone { get; init; } = [];

    /// <summary>What to tell the person; not kept in the generation, which has the steps.</summary>
    [JsonIgnore]
    public ValueList<Diagnostic> Diagnostics { get; init; } = [];
}

/// <summary>The ways an apply can end.</summary>
public enum ApplyOutcome
{
    /// <summary>A step failed, or the result could not be recorded.</summary>
    Failed,

    /// <summary>Every step ended well, and a generation says so. Also when there was nothing to do.</summary>
    Applied,

    /// <summary>Nothing was tried: the world is another than the plan was made for.</summary>
    WorldMoved,

    /// <summary>Nothing was tried: another apply is under way, or the state folder is another home's.</summary>
    Refused,
}
