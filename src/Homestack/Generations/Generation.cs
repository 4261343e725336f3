using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Plans;

namespace Homestack.Generations;

/// <summary>A numbered, complete, immutable record of one apply, also of one that failed.</summary>
public sealed record Generation
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>What the home was to become.</summary>
    public required Blueprint Blueprint { get; init; }

    /// <summary>Which image each service ran afterwards, by <c>stack/name</c>.</summary>
    public ValueMap<ImagePin> Images { get; init; } = ValueMap<ImagePin>.Empty;

    public required Plan Plan { get; init; }

    public required ApplyResult Result { get; init; }

    public bool IsGood => Result.Outcome == ApplyOutcome.Applied;
}
