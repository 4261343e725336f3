using System.CommandLine;
using Homestack.Apply;
using Homestack.Cli.Homes;

namespace Homestack.Cli.Commands;

/// <summary><c>down</c>: stops and removes what is ours. Volumes stay.</summary>
internal static class DownCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("down", "Stop what is ours; data stays");
        var folder = HomeChoice.Argument();
        command.Add(folder);
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(global.Read(result, io), result.GetValue(folder), cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, string? given, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(given) && call.Io.Homes.State(call).Home.Read() is { } last && last.Folder != Path.GetFullPath(given, call.Io.WorkingFolder))
        {
            return call.Refuse($"What runs from this state folder is the home in {last.Folder}.", "homestack down, or name another state folder with --state DIR");
        }

        using (var home = call.Io.Homes.Open(call, "down"))
        {
            var outcome = await home.PlanDownAsync(cancellationToken).ConfigureAwait(false);
            if (!await CarryOut.AgreedAsync(call, outcome, "Stop all of it?", cancellationToken).ConfigureAwait(false) || outcome.Plan is not { } plan)
            {
                return ExitCode.Error;
            }

            var result = await CarryOut.RunAsync(call, home, plan, cancellationToken).ConfigureAwait(false);
            if (result.Outcome != ApplyOutcome.Applied)
            {
                return ExitCode.Error;
            }
        }

        EngineStop.EndDetached(call);
        return ExitCode.Fine;
    }
}
