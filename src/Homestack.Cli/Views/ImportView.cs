using Homestack.Cli.Commands;
using Homestack.Collections;
using Homestack.Planes.Containers.Importing;

namespace Homestack.Cli.Views;

/// <summary>Says what was imported, what was not and why, and what to do next.</summary>
internal sealed class ImportView(Call call)
{
    public void Write(ImportedHome home, string folder, ValueMap<string> files)
    {
        if (call.IsJson)
        {
            CliJson.Write(call.Io, new(home.Blueprint.Home, folder, files.Keys.ToValueList(), home.Containers, home.Secrets.Keys.ToValueList(),
                home.LeftOut.DistinctBy(left => left.Container).ToValueMap(left => left.Container, left => left.Reason)), json => json.ImportReport);
            return;
        }

        call.Say($"{call.OutInk.Strong(SafeText.Line(home.Blueprint.Home))} · {home.Containers.Count} containers imported · nothing that runs was touched\n");
        var width = home.Containers.Keys.Max(owner => owner.Length);
        foreach (var (owner, container) in home.Containers)
        {
            call.Say($"  + {SafeText.Line(owner.PadRight(width))}  takes over {SafeText.Line(container)}");
        }

        WriteLeftOut(home);
        if (home.Secrets.Count > 0)
        {
            call.Say($"\nThese values look like secrets. They are kept in {Path.Combine(call.StateFolder, "secrets")}, and the files only name them:");
            foreach (var name in home.Secrets.Keys)
            {
                call.Say($"    {name}");
            }
        }

        call.Say($"\nWritten into {folder}: {string.Join(", ", files.Keys)}");
        call.Say("Each container stays as it is until a line about it is changed; then a new one takes its place, with its data.");
        if (home.Blueprint.Services.Values.Any(service => !string.IsNullOrEmpty(service.Stack)) && files.Count > 2)
        {
            call.Say("From now on change the files here, not with docker-compose in the old folders.");
        }

        call.Say($"\nSee: homestack plan {folder}        Take over: homestack up {folder}");
    }

    /// <summary>On standard error.</summary>
    public void WriteLeftOut(ImportedHome home)
    {
        foreach (var left in home.LeftOut)
        {
            call.Io.Error.WriteLine($"  ! {SafeText.Line(left.Container)} was left out: {SafeText.Line(left.Reason)}.".Replace("..", ".", StringComparison.Ordinal));
        }
    }
}
