using Homestack.Fronts;

namespace Homestack.Planes.Names;

/// <summary>The effects of this plane: asks the front what it answers from, and gives it something else.</summary>
/// <param name="front">The front.</param>
/// <param name="mayWrite">False where a plan is made.</param>
public sealed class NamesDriver(FrontClient front, bool mayWrite)
{
    public Task<NamesObserved> ObserveAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new NamesObserved(front.Served(NamesSnapshot.Slot, cancellationToken), Snapshots.ReadNames(front.Kept(NamesSnapshot.Slot))));

    public Task ApplyAsync(NamesChange change, CancellationToken cancellationToken)
    {
        if (!mayWrite)
        {
            throw new InvalidOperationException("This plane was made for planning.");
        }

        switch (change)
        {
            case ServeNames serve:
                front.Give(NamesSnapshot.Slot, Snapshots.Write(serve.Snapshot), cancellationToken);
                break;
        }

        return Task.CompletedTask;
    }
}
