using System.CommandLine;
using Homestack.Cli.Provisioning;
using Homestack.Cli.Views;

namespace Homestack.Cli.Commands;

/// <summary><c>doctor</c>: what is missing or unwell, and the command that mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("doctor", "What is missing or unwell, and the command that mends it");
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(global.Read(result, io), cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var site = DockerSite.Of(call.Io.Variable("DOCKER_HOST") is { Length: > 0 } address ? address : "unix://" + DockerSite.UsualSocket) ?? new DockerSite();
        var report = await new Examination(call, site).RunAsync(cancellationToken).ConfigureAwait(false);
        if (call.IsJson)
        {
            CliJson.Write(call.Io, report, json => json.DoctorReport);
        }
        else
        {
            new DoctorView(call.Io.Out, call.OutInk).Write(report);
        }

        return report.IsWell ? ExitCode.Fine : ExitCode.Different;
    }
}
