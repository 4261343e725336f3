using Homestack.Cli.Commands;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Cli.Homes;

/// <summary>Starts the engine of a state folder: here until Ctrl-C, or in the background. One that runs already is left alone.</summary>
internal sealed class EngineStart(Call call)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    private readonly string socket = EngineAddress.SocketOf(call.StateFolder);

    public async Task<ExitCode> WatchAsync(bool isDetached, CancellationToken cancellationToken)
    {
        if (SocketProbe.Ask(socket) == SocketAnswer.Listening)
        {
            call.Say("homestack-engine watches it already.");
            return ExitCode.Fine;
        }

        var program = Path.Combine(call.Io.ProgramFolder, "homestack-engine");
        if (new RealDisk().Look(program) != DiskEntry.File)
        {
            return call.Refuse($"There is no {program}, so nobody watches this home. What was carried out stays as it is.", "Build both programs: ./homestack version");
        }

        if (isDetached)
        {
            return await DetachAsync(program, cancellationToken).ConfigureAwait(false);
        }

        call.Say("Watching. Ctrl-C ends the watching; what runs goes on.");
        await call.Io.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        ProgramReplacement.Become(new CommandLine(program, ["--state", call.StateFolder]));
        return ExitCode.Error;
    }

    private async Task<ExitCode> DetachAsync(string program, CancellationToken cancellationToken)
    {
        var log = EngineAddress.LogOf(call.StateFolder);
        var engine = DetachedProgram.Start(new CommandLine(program, ["--state", call.StateFolder, "--log", log]), log);
        var began = call.Io.Clock.GetTimestamp();
        while (SocketProbe.Ask(socket) != SocketAnswer.Listening)
        {
            if (engine.HasEnded() || call.Io.Clock.GetElapsedTime(began) > StartLimit)
            {
                return call.Refuse("homestack-engine was started in the background and does not answer. What was carried out stays as it is.", $"The reason is at the end of {log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), call.Io.Clock, cancellationToken).ConfigureAwait(false);
        }

        call.Say($"Watching in the background (process {engine.ProcessId}). See: homestack status");
        return ExitCode.Fine;
    }
}
