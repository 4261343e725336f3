using System.CommandLine;

namespace Homestack.Cli.Commands;

/// <summary><c>render</c> and <c>import</c>: their place on the command line. They refuse until what they stand for is there.</summary>
internal static class LaterCommands
{
    public static Command Render(IoContext io, GlobalOptions global)
    {
        var command = new Command("render", "The compiled home in an engine's own format");
        command.Add(HomeChoice.Argument());
        command.Add(new Option<string>("--to") { Description = "compose or blueprint", HelpName = "FORMAT", Required = true });
        command.Add(new Option<string?>("--out") { Description = "A file for each, in this folder, instead of standard output", HelpName = "DIR" });
        command.SetAction(result => (int)global.Read(result, io).Refuse("render is not in this version yet."));
        return command;
    }

    public static Command Import(IoContext io, GlobalOptions global)
    {
        var command = new Command("import", "What already runs here, as a manifest with an empty plan");
        command.Add(new Option<string?>("--out") { Description = "Write the home into this folder", HelpName = "DIR" });
        command.SetAction(result => (int)global.Read(result, io).Refuse("import is not in this version yet."));
        return command;
    }
}
