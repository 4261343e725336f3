using Homestack.Fronts;

namespace Homestack.Planes.Ingress;

/// <summary>The effects of this plane: asks the front what it serves, and gives it something else.</summary>
/// <param name="front">The front.</param>
/// <param name="mayWrite">False where a plan is made.</param>
public sealed class IngressDriver(FrontClient front, bool mayWrite)
{
    private readonly FrontSlot<IngressSnapshot> slot = new(front, IngressSnapshot.Slot, kept => Snapshots.ReadIngress(kept), Snapshots.Write, mayWrite);

    public Task<IngressObserved> ObserveAsync(CancellationToken cancellationToken) => Task.FromResult(new IngressObserved(slot.Served(cancellationToken), slot.Given()));

    public Task ApplyAsync(IngressChange change, CancellationToken cancellationToken)
    {
        if (change is ServeRoutes serve)
        {
            slot.Give(serve.Snapshot, cancellationToken);
        }

        return Task.CompletedTask;
    }
}
