using Homestack.Blueprints;
using Homestack.Fronts;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Engine.Fronts;

/// <summary>Looks every ten seconds, and after each apply, whether a blocklist changed or is due, and tells the front.</summary>
/// <param name="blueprint">The home as it is now; null before the first apply.</param>
/// <param name="book">Keeps the copies.</param>
/// <param name="keeper">Tells the front.</param>
/// <param name="clock">For the pauses.</param>
/// <param name="log">Hears what failed.</param>
internal sealed class BlocklistWatch(Func<Blueprint?> blueprint, BlocklistBook book, FrontKeeper keeper, TimeProvider clock, Action<string> log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly WakeSignal wakes = new(clock);
    private bool hadLists;

    /// <summary>Looks soon.</summary>
    public void Wake() => wakes.Wake();

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await LookAsync(cancellationToken).ConfigureAwait(false);
                await wakes.WaitAsync(Period, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine ends.
        }
    }

    /// <remarks>A generation of before there were lists has none.</remarks>
    private static int Count(Blueprint home) => (home.Names?.Blocklists ?? []).Count;

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (blueprint() is not { } home || (Count(home) == 0 && !hadLists))
        {
            return;
        }

        try
        {
            hadLists = Count(home) > 0;
            keeper.Tell(BlocklistsSnapshot.Slot, Snapshots.Write(await book.LookAsync(home, cancellationToken).ConfigureAwait(false)));
            book.Forget();
        }
        catch (MachineException failure)
        {
            log($"blocklists: {failure.Call}: {failure.Words} {failure.Next}");
        }
    }
}
