using System.CommandLine;
using Homestack.Machine;

namespace Homestack.Cli.Commands;

/// <summary><c>trust</c>: programs of this machine believe the home's own root from now on.</summary>
/// <remarks><para>Source: Debian, update-ca-certificates(8).</para></remarks>
internal static class TrustCommand
{
    private const string Folder = "/usr/local/share/ca-certificates";
    private const long Limit = 1 << 20;

    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("trust", "Let this machine believe the home's own certificates");
        var isRemoved = new Option<bool>("--remove") { Description = "No longer" };
        command.Add(isRemoved);
        command.SetAction(async (result, cancellationToken) =>
            (int)await RunAsync(global.Read(result, io), result.GetValue(isRemoved), new RealDisk(), new CommandRunner(), cancellationToken).ConfigureAwait(false));
        return command;
    }

    internal static async Task<ExitCode> RunAsync(Call call, bool isRemoved, IDisk disk, CommandRunner runner, CancellationToken cancellationToken)
    {
        var root = Path.Combine(call.StateFolder, "certificates", "authority.pem");
        if (!isRemoved && disk.Look(root) != DiskEntry.File)
        {
            return call.Refuse("This home has no root of its own yet: it is made when the first service is exposed.", "homestack up");
        }

        if (!call.Io.IsRoot)
        {
            return call.Refuse("Only root can change what the programs of this machine believe.", "sudo homestack trust");
        }

        var place = Path.Combine(Folder, $"homestack-{call.Io.Homes.State(call).Home.Read()?.Name ?? "home"}.crt");
        if (isRemoved)
        {
            disk.Delete(place);
        }
        else
        {
            UnitFile.Write(place, disk.Read(root, Limit));
        }

        var line = new CommandLine("update-ca-certificates", isRemoved ? ["--fresh"] : []);
        (await runner.RunAsync(line, cancellationToken).ConfigureAwait(false)).OrThrow(line);
        call.Say(isRemoved ? $"  - {place}" : $"  + {place}");
        call.Say(isRemoved ? "This machine no longer believes the home's root." : "This machine believes the home's root. Browsers with a store of their own (Firefox) and phones are given it by the page ca.DOMAIN.");
        return ExitCode.Fine;
    }
}
