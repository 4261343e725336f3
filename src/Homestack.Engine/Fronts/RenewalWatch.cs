using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Engine.Fronts;

/// <summary>Looks every hour whether a certificate ends soon, and has it made anew.</summary>
/// <param name="renew">Makes anew what is due; what it did, a sentence each.</param>
/// <param name="clock">For the hours.</param>
/// <param name="log">Hears what was done, and what failed.</param>
internal sealed class RenewalWatch(Func<CancellationToken, Task<ValueList<string>>> renew, TimeProvider clock, Action<string> log)
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
            {
                await LookAsync(cancellationToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine ends.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var done in await renew(cancellationToken).ConfigureAwait(false))
            {
                log($"certificates: {done}");
            }
        }
        catch (MachineException failure)
        {
            log($"certificates: {failure.Call}: {failure.Words} {failure.Next}");
        }
    }
}
