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

    private readonly WakeSignal wakes = new(clock);

    /// <summary>Looks soon: something was carried out.</summary>
    public void Wake() => wakes.Wake();

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await wakes.WaitAsync(await LookAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine ends.
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
    }
}
