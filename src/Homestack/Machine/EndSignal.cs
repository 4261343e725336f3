using System.Runtime.InteropServices;

namespace Homestack.Machine;

/// <summary>Lets a long-running program of ours end cleanly when it is asked to.</summary>
public static class EndSignal
{
    /// <summary>Runs it until it ends by itself; SIGTERM and SIGINT cancel it.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> program)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        return await program(stop.Token).ConfigureAwait(false);
    }
}
