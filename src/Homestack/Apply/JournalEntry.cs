using Homestack.Primitives;

namespace Homestack.Apply;

/// <summary>One line of the journal.</summary>
public sealed record JournalEntry
{
    public required JournalEntryKind Kind { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Number that the generation of this apply will have.</summary>
    public int Generation { get; init; }

    /// <summary>Number of the step; 0 where there is none.</summary>
    public int Step { get; init; }

    public ResourceId? Resource { get; init; }

    /// <summary>The call in a few words, or the failure; empty where there is none. For people.</summary>
    public string Words { get; init; } = "";
}

/// <summary>What a line says.</summary>
public enum JournalEntryKind
{
    /// <summary>An apply begins; first line of the journal.</summary>
    Begin,

    /// <summary>A step is about to be tried.</summary>
    Step,

    StepDone,

    StepFailed,

    /// <summary>A call of the way back is about to be tried.</summary>
    Undo,

    UndoDone,

    UndoFailed,

    /// <summary>The generation is recorded.</summary>
    End,
}
