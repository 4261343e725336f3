using System.CommandLine;
using Homestack.Cli.Views;
using Homestack.Fronts;
using Homestack.Machine;

namespace Homestack.Cli.Commands;

/// <summary><c>names</c>: what the name server answered, blocked and refused. Asked of the front itself, which answers only root and its own user.</summary>
internal static class NamesCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("names", "What the name server answered and blocked");
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(global.Read(result, io), cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var front = new FrontClient(new RealDisk(), call.StateFolder);
        if (!front.IsThere())
        {
            return call.Refuse("The name server does not run: nothing is to be reached by name, or the home is not up.", "homestack up -d");
        }

        var report = await Task.Run(() => front.Names(cancellationToken), cancellationToken).ConfigureAwait(false);
        if (call.IsJson)
        {
            CliJson.Write(call.Io, report, json => json.NamesReport);
        }
        else
        {
            new NamesView(call.Io.Out, call.OutInk).Write(report, call.IsVerbose);
        }

        return ExitCode.Fine;
    }
}
