using System.CommandLine;
using Homestack.Machine;
using Homestack.Manifests;

namespace Homestack.Cli.Commands;

/// <summary>Which folder a call is about: the one that was said, else this one, else the last that was applied, else the starter.</summary>
internal static class HomeChoice
{
    /// <summary>Set by the launcher: a home that every clone has.</summary>
    private const string StarterVariable = "HOMESTACK_STARTER";

    public static Argument<string?> Argument() => new("DIR") { Description = "The home's folder; without it, this folder or the last home applied", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Absolute; null when there is none, which was said.</summary>
    public static string? Find(Call call, string? given)
    {
        var disk = new RealDisk();
        if (!string.IsNullOrEmpty(given))
        {
            return Path.GetFullPath(given, call.Io.WorkingFolder);
        }

        bool IsHome(string folder) => folder.Length > 0 && disk.Look(Path.Combine(folder, Manifest.FileName)) == DiskEntry.File;
        if (IsHome(call.Io.WorkingFolder))
        {
            return call.Io.WorkingFolder;
        }

        if (call.Io.Homes.State(call).Home.Read() is { } last)
        {
            return last.Folder;
        }

        var starter = call.Io.Variable(StarterVariable);
        if (IsHome(starter))
        {
            call.Say($"No {Manifest.FileName} here: this is the starter, {starter}");
            return starter;
        }

        call.Refuse($"There is no {Manifest.FileName} in {call.Io.WorkingFolder}, and nothing was applied yet.", "Name the folder of a home, such as: homestack up ~/home");
        return null;
    }
}
