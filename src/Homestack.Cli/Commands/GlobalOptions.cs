using System.CommandLine;
using Homestack.Machine;

namespace Homestack.Cli.Commands;

/// <summary>The options that every verb takes.</summary>
internal sealed class GlobalOptions
{
    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Answer every question with yes", Recursive = true };

    public Option<string?> State { get; } = new("--state") { Description = "Folder of journal, generations and secrets", HelpName = "DIR", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "Machine-readable result on standard output", Recursive = true };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Only results and errors", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Everything, with exact times and ids", Recursive = true };

    public void AddTo(Command root)
    {
        root.Add(Yes);
        root.Add(State);
        root.Add(Json);
        root.Add(Quiet);
        root.Add(Verbose);
    }

    /// <summary>What this call said.</summary>
    public Call Read(ParseResult result, IoContext io) => new(io)
    {
        IsYes = result.GetValue(Yes),
        StateFolder = HomeFolders.Resolve(result.GetValue(State) is { Length: > 0 } folder ? Path.GetFullPath(folder, io.WorkingFolder) : null).State,
        IsJson = result.GetValue(Json),
        IsQuiet = result.GetValue(Quiet),
        IsVerbose = result.GetValue(Verbose),
    };
}
