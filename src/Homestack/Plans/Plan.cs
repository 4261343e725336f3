using System.Text.Json.Serialization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes;
using Homestack.Primitives;

namespace Homestack.Plans;

/// <summary>What would change, why, and in which order. A value: printed, kept in a file, compared, and carried out exactly or not at all.</summary>
public sealed record Plan
{
    /// <summary>Format of the file; a reader refuses any other. Now 1.</summary>
    public int Format { get; init; } = 1;

    public required string Home { get; init; }

    /// <summary>Absolute folder that the manifest was read from; for people and for the generation's copy.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The generation that was newest when the plan was made; 0 for none. Apply refuses when it is another by then.</summary>
    public required int BasedOn { get; init; }

    /// <summary>Per plane, the fingerprint of what was observed. Apply refuses when it is another by then.</summary>
    public required ValueMap<string> Observed { get; init; }

    /// <summary>What the home is after the plan.</summary>
    public required Blueprint Blueprint { get; init; }

    /// <summary>Generation whose blueprint this is, for a rollback; 0 otherwise.</summary>
    public int RollbackTo { get; init; }

    /// <summary>The files that the blueprint was made from, sorted by path; copied into the generation.</summary>
    public ValueList<PlanSource> Sources { get; init; } = [];

    /// <summary>Sorted by resource.</summary>
    public required ValueList<ResourceChange> Changes { get; init; }

    /// <summary>The calls of all changes in an order that respects every dependency.</summary>
    public required ValueList<PlanStep> Steps { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Steps.Count == 0;
}

/// <summary>One call with its place in the order.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Resource">Whose change this belongs to.</param>
/// <param name="Change">The call.</param>
/// <param name="After">Numbers of the steps that must have ended well first, ascending. Steps without an order between them may run at once.</param>
public sealed record PlanStep(int Number, ResourceId Resource, Change Change, ValueList<int> After);

/// <summary>A file as it was read.</summary>
/// <param name="Path">Relative to the home's folder, or absolute when it lies outside.</param>
/// <param name="Text">All of it.</param>
public sealed record PlanSource(string Path, string Text);
