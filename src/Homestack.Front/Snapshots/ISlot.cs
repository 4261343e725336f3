namespace Homestack.Front.Snapshots;

/// <summary>A place for one kind of snapshot. Calls come one at a time over all slots.</summary>
internal interface ISlot
{
    /// <summary>As in <c>PUT /snapshots/SLOT</c>; its file is <c>SLOT.json</c>.</summary>
    string Name { get; }

    /// <summary>Most bytes of a snapshot.</summary>
    int Largest { get; }

    /// <summary>Prepares everything that the snapshot needs, and disturbs nothing that is being served.</summary>
    /// <param name="bytes">JSON, UTF-8.</param>
    /// <param name="cancellationToken">The sender went away.</param>
    /// <exception cref="SnapshotException">It cannot be served; nothing of it is left behind.</exception>
    Task<Takeover> PrepareAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}

/// <summary>A new world that stands ready. Either served and then the old retired, or given up.</summary>
/// <param name="Serve">Swaps one reference. Does not fail and does not wait.</param>
/// <param name="Retire">Lets go of what only the old world needed; what is under way there ends undisturbed.</param>
/// <param name="GiveUp">Lets go of what only the new one would have needed.</param>
internal sealed record Takeover(Action Serve, Action Retire, Action GiveUp);
