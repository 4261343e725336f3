using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Planes;

/// <summary>Everything that a plan does to one resource, with the reason.</summary>
public sealed record ResourceChange
{
    public required ResourceId Resource { get; init; }

    public required ChangeAction Action { get; init; }

    /// <summary>Why, in the user's words, such as <c>image v2.1 → v2.2</c> or <c>service "photos" is no longer declared</c>. For people; nothing may decide on it.</summary>
    public required string Cause { get; init; }

    /// <summary>Where it was written, such as <c>stacks/photos.yaml:7</c>; empty when nowhere. For people; nothing may decide on it.</summary>
    public string Place { get; init; } = "";

    /// <summary>Resources that must be settled first. Names without a change in the plan are settled already.</summary>
    public ValueList<ResourceId> After { get; init; } = [];

    /// <summary>Resources that wait until this one is settled; null: none.</summary>
    public ValueList<ResourceId>? Before { get; init; }

    public ChangeImpact Impact { get; init; } = new();

    /// <summary>The calls, in order; each waits for the one before.</summary>
    public required ValueList<Change> Steps { get; init; }

    /// <summary>The calls that put the old state back when one of the steps fails; in order, each tried even when one before it failed.</summary>
    public ValueList<Change> Undo { get; init; } = [];
}

/// <summary>What happens to a resource. Meanings as in OpenTofu: replace means that a new object takes the place of the old.</summary>
public enum ChangeAction
{
    Create,
    Update,
    Replace,
    Delete,
}

/// <summary>What people feel of a change.</summary>
public sealed record ChangeImpact
{
    /// <summary>Nothing of this resource answers for a while.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>How long, roughly; null when unknown.</summary>
    public TimeSpan? Downtime { get; init; }

    /// <summary>Volumes and host folders that are mounted, kept or given up, a sentence each.</summary>
    public ValueList<string> Data { get; init; } = [];

    /// <summary>What can be reached afterwards and could not before, such as <c>127.0.0.1:8080</c>.</summary>
    public ValueList<string> BecomesReachable { get; init; } = [];

    /// <summary>What can no longer be reached afterwards.</summary>
    public ValueList<string> StopsBeingReachable { get; init; } = [];

    /// <summary>Further lines for people: label and text, in display order.</summary>
    public ValueList<ImpactLine> Lines { get; init; } = [];

    /// <summary>Data that is lost, by name; empty for everything but the verbs that were asked to.</summary>
    public ValueList<string> Destroys { get; init; } = [];
}

/// <summary>A labelled line under a change, such as <c>image</c>, <c>nginx:1.27, pull</c>.</summary>
public sealed record ImpactLine(string Label, string Words);
