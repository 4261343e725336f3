using System.CommandLine;
using System.Reflection;

namespace Homestack.Cli.Commands;

/// <summary><c>version</c>: which Homestack this is.</summary>
internal static class VersionCommand
{
    public static string Number => typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("version", "Which Homestack this is");
        command.SetAction(result =>
        {
            io.Out.WriteLine(global.Read(result, io).IsJson ? $$"""{"version":"{{Number}}"}""" : $"homestack {Number}");
            return (int)ExitCode.Fine;
        });
        return command;
    }
}
