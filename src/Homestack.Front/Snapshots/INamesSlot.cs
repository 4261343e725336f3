namespace Homestack.Front.Snapshots;

/// <summary>The slot of the name server: takes a <see cref="Fronts.NamesSnapshot"/>, prepares zones and listeners, and serves them.</summary>
internal interface INamesSlot : ISlot, IAsyncDisposable;

/// <summary>Reads names snapshots strictly and keeps them, and answers no query.</summary>
internal sealed class UnservedNames : INamesSlot
{
    public string Name => Fronts.NamesSnapshot.Slot;

    public int Largest => 256 << 20;

    public Task<Takeover> PrepareAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _ = SnapshotJson.Read(bytes, SnapshotJson.Names);
        return Task.FromResult(new Takeover(() => { }, () => { }, () => { }));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
