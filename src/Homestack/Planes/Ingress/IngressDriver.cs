using Homestack.Fronts;

namespace Homestack.Planes.Ingress;

/// <summary>The effects of this plane: asks the front what it serves, and gives it something else.</summary>
/// <param name="front">The front.</param>
/// <param name="mayWrite">False where a plan is made.</param>
public sealed class IngressDriver(FrontClient front, bool mayWrite)
{
    public Task<IngressObserved> ObserveAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new IngressObserved(front.Served(IngressSnapshot.Slot, cancellationToken), Snapshots.ReadIngress(front.Kept(IngressSnapshot.Slot))));

    public Task ApplyAsync(IngressChange change, CancellationToken cancellationToken)
    {
        if (!mayWrite)
        {
            throw new InvalidOperationException("This plane was made for planning.");
        }

        switch (change)
        {
            case ServeRoutes serve:
                front.Give(IngressSnapshot.Slot, Snapshots.Write(serve.Snapshot), cancellationToken);
                break;
        }

        return Task.CompletedTask;
    }
}
