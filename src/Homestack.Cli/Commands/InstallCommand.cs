using System.CommandLine;
using System.Text;
using Homestack.Cli.Installing;
using Homestack.Machine;

namespace Homestack.Cli.Commands;

/// <summary><c>install</c>: the engine starts with the machine from now on.</summary>
internal static class InstallCommand
{
    /// <summary>Set by the launcher: the path that always leads to the newest build, where the program's own folder goes away with the next one.</summary>
    private const string ProgramsVariable = "HOMESTACK_PROGRAMS";

    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("install", "Start with the machine from now on (systemd units)");
        var root = new Option<string?>("--root") { Description = "Only write the files, below this folder", HelpName = "DIR" };
        command.Add(root);
        command.SetAction(async (result, cancellationToken) =>
            (int)await RunAsync(global.Read(result, io), result.GetValue(root), new RealDisk(), new CommandRunner(), cancellationToken).ConfigureAwait(false));
        return command;
    }

    internal static async Task<ExitCode> RunAsync(Call call, string? root, IDisk disk, CommandRunner runner, CancellationToken cancellationToken)
    {
        var isTrial = !string.IsNullOrEmpty(root);
        if (!isTrial && disk.Look("/run/systemd/system") != DiskEntry.Folder)
        {
            return call.Refuse("systemd does not run this machine, so there is nothing to install into.", "Let whatever starts your machine run: homestack up -d --yes");
        }

        if (!isTrial && !call.Io.IsRoot)
        {
            return call.Refuse("Only root can install a service of the machine.", "sudo homestack install");
        }

        var programs = call.Io.Variable(ProgramsVariable) is { Length: > 0 } lasting ? lasting : call.Io.ProgramFolder;
        var program = Path.Combine(programs, "homestack-engine");
        var unit = EngineUnit.Build(program, call.StateFolder, call.Io.Variable("DOTNET_ROOT"));
        var text = unit.Write();
        if (SystemdUnit.Parse(text) != unit)
        {
            return call.Refuse("error HS5150: The unit reads back differently from how it was written. This is a bug in Homestack.");
        }

        var units = Path.Combine(isTrial ? Path.GetFullPath(root ?? "", call.Io.WorkingFolder) : "/", "etc/systemd/system");
        var place = Path.Combine(units, EngineUnit.Name);
        UnitFile.Write(place, Encoding.UTF8.GetBytes(text));
        call.Say($"  + {place}");
        if (await VerifyAsync(place, disk, runner, cancellationToken).ConfigureAwait(false) is { } complaint)
        {
            return call.Refuse("systemd does not accept the unit.", complaint);
        }

        if (isTrial)
        {
            return ExitCode.Fine;
        }

        foreach (var line in new CommandLine[] { new("systemctl", ["daemon-reload"]), new("systemctl", ["enable", "--now", EngineUnit.Name]) })
        {
            (await runner.RunAsync(line, cancellationToken).ConfigureAwait(false)).OrThrow(line);
        }

        call.Say("The engine runs, and starts with the machine. Its words: journalctl -u homestack-engine");
        return ExitCode.Fine;
    }

    /// <summary>systemd's own judgement where systemd is installed; null when it has nothing to say.</summary>
    private static async Task<string?> VerifyAsync(string place, IDisk disk, CommandRunner runner, CancellationToken cancellationToken)
    {
        if (disk.Look("/usr/bin/systemd-analyze") != DiskEntry.File)
        {
            return null;
        }

        var result = await runner.RunAsync(new CommandLine("systemd-analyze", ["verify", "--recursive-errors=no", place]), cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? null : result.ErrorText.Trim();
    }
}
