using System.CommandLine;
using Homestack.Cli.Views;

namespace Homestack.Cli.Commands;

/// <summary><c>status</c>: every service: wanted, actual, healthy, where it answers.</summary>
internal static class StatusCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("status", "Every service: wanted, actual, healthy, where it answers");
        var folder = HomeChoice.Argument();
        command.Add(folder);
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(global.Read(result, io), cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var home = call.Io.Homes.Open(call, "status");
        var status = await home.StatusAsync(cancellationToken).ConfigureAwait(false);
        if (call.IsJson)
        {
            CliJson.Write(call.Io, status, json => json.HomeStatus);
        }
        else
        {
            new StatusView(call.Io.Out, call.OutInk, call.Io.Clock.GetLocalNow()).Write(status);
        }

        return status.IsWell ? ExitCode.Fine : ExitCode.Different;
    }
}
