using Homestack.Fronts;

namespace Homestack.Planes.Names;

/// <summary>The effects of this plane: asks the front what it answers from, and gives it something else.</summary>
/// <param name="front">The front.</param>
/// <param name="mayWrite">False where a plan is made.</param>
public sealed class NamesDriver(FrontClient front, bool mayWrite)
{
    private readonly FrontSlot<NamesSnapshot> slot = new(front, NamesSnapshot.Slot, kept => Snapshots.ReadNames(kept), Snapshots.Write, mayWrite);

    public Task<NamesObserved> ObserveAsync(CancellationToken cancellationToken) => Task.FromResult(new NamesObserved(slot.Served(cancellationToken), slot.Given()));

    public Task ApplyAsync(NamesChange change, CancellationToken cancellationToken)
    {
        if (change is ServeNames serve)
        {
            slot.Give(serve.Snapshot, cancellationToken);
        }

        return Task.CompletedTask;
    }
}
