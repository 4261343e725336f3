using Homestack.Collections;

namespace Homestack.Planes.Containers;

/// <summary>What was found out about one wanted container.</summary>
internal sealed record ServiceOutcome
{
    public required Container Wanted { get; init; }

    public required string Cause { get; init; }

    public ChangeAction Action { get; init; } = ChangeAction.Update;

    public ValueList<ContainersChange> Steps { get; init; } = [];

    public ValueList<ContainersChange> Undo { get; init; } = [];

    /// <summary>The container it has now and keeps; null when it gets a new one.</summary>
    public ContainerObserved? Kept { get; init; }

    /// <summary>The container that a new one takes the place of; null otherwise.</summary>
    public ContainerObserved? Old { get; init; }

    /// <summary>What brings its image; null when it is there or not needed.</summary>
    public ImageNeed? Image { get; init; }

    /// <summary>While the steps run nothing of it answers.</summary>
    public bool IsInterrupted { get; init; }

    public bool IsNew => Kept is null;
}
