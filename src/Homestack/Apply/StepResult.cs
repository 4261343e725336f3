using Homestack.Machine;
using Homestack.Primitives;

namespace Homestack.Apply;

/// <summary>How one call of a plan ended.</summary>
public sealed record StepResult
{
    /// <summary>Number of the step in the plan; 0 for a call of the way back.</summary>
    public required int Number { get; init; }

    public required ResourceId Resource { get; init; }

    /// <summary>The call in a few words, as in the plan.</summary>
    public required string Summary { get; init; }

    public required StepOutcome Outcome { get; init; }

    /// <summary>Why not; null unless it failed.</summary>
    public StepFailure? Failure { get; init; }

    public TimeSpan Took { get; init; }
}

/// <summary>The ways a step can end.</summary>
public enum StepOutcome
{
    Done,
    Failed,

    /// <summary>Not tried, because something before it failed or the apply was stopped.</summary>
    Skipped,
}

/// <summary>A failure of the machine, as a value. See <see cref="MachineException"/>.</summary>
public sealed record StepFailure(string Call, string Words, string Next, MachineFailure Kind)
{
    public static StepFailure Of(MachineException exception) => new(exception.Call, exception.Words, exception.Next, exception.Kind);
}
