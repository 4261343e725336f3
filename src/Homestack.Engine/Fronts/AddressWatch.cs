using System.Threading.Channels;
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

    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Looks soon.</summary>
    public void Wake() => wakes.Writer.TryWrite(true);

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Wake();
        try
        {
            await foreach (var _ in wakes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(Debounce, clock, cancellationToken).ConfigureAwait(false);
                wakes.Reader.TryRead(out var _);
                await LookAsync(cancellationToken).ConfigureAwait(false);
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
