using Homestack.Blueprints;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Engine.Fronts;

/// <summary>Looks where containers are whenever something happened to one, and tells the front.</summary>
/// <param name="blueprint">The home as it is now; null before the first apply.</param>
/// <param name="keeper">Tells the front.</param>
/// <param name="clock">For pauses.</param>
internal sealed class AddressWatch(Func<Blueprint?> blueprint, FrontKeeper keeper, TimeProvider clock)
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(50);

    private readonly WakeSignal wakes = new(clock);

    /// <summary>Looks soon.</summary>
    public void Wake() => wakes.Wake();

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Debounce, clock, cancellationToken).ConfigureAwait(false);
                wakes.Forget();
                await LookAsync(cancellationToken).ConfigureAwait(false);
                await wakes.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine ends.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (blueprint() is not { } home || (Answer.Of(home).Count == 0 && RawAnswer.Of(home).Count == 0))
        {
            return;
        }

        try
        {
            using var engines = new HostEngines(home.Hosts);
            keeper.Tell(await AddressBook.LookAsync(home, engines, cancellationToken).ConfigureAwait(false));
        }
        catch (MachineException)
        {
            // The drift watch says in words that the engine does not answer; the next happening or period looks again.
        }
    }
}
