using System.Threading.Channels;
using Homestack.Machine;
using Homestack.Planes.Certificates;

namespace Homestack.Engine.Fronts;

/// <summary>Looks now and then whether a certificate is wanted or ends soon, and has it made or got.</summary>
/// <param name="renew">Does what is due, and says when to look again.</param>
/// <param name="clock">For pauses.</param>
/// <param name="log">Hears what was done, and what failed.</param>
internal sealed class RenewalWatch(Func<CancellationToken, Task<RenewalOutcome>> renew, TimeProvider clock, Action<string> log)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);

    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Looks soon: something was carried out.</summary>
    public void Wake() => wakes.Writer.TryWrite(true);

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var pause = await LookAsync(cancellationToken).ConfigureAwait(false);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Task.Delay(pause, clock, waiting.Token), wakes.Reader.WaitToReadAsync(waiting.Token).AsTask()).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            wakes.Reader.TryRead(out _);
        }
    }

    private async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await renew(cancellationToken).ConfigureAwait(false);
            foreach (var sentence in outcome.Said)
            {
                log($"certificates: {sentence}");
            }

            return outcome.Next;
        }
        catch (MachineException failure)
        {
            log($"certificates: {failure.Call}: {failure.Words} {failure.Next}");
            return AfterFailure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
    }
}
