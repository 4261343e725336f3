using System.Globalization;
using System.Text;
using System.Text.Json;
using Homestack.Apply;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Plans;

namespace Homestack.Generations;

/// <summary>The folder <c>generations/</c>: one folder for each, such as <c>000014</c>, complete or not there at all.</summary>
/// <remarks>
/// A generation is written under <c>000014.tmp</c>, everything in it is made durable, and only then it gets its name. <c>manifest/</c> in it holds a copy of every file
/// that was read, with its relative path; files from outside the home's folder are beneath <c>manifest/_outside/</c>.
/// </remarks>
public sealed class GenerationStore(IDisk disk, string folder, PlanJson json)
{
    private const int Limit = PlanJson.Limit;
    private const string Unfinished = ".tmp";
    private const string Outside = "_outside";

    /// <summary>Numbers of all that are complete, ascending.</summary>
    public IReadOnlyList<int> Numbers() =>
        [.. disk.List(folder).Select(name => name.Length >= 6 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0).Order()];

    /// <summary>The highest number; 0 for none.</summary>
    public int Newest() => Numbers() is { Count: > 0 } numbers ? numbers[^1] : 0;

    /// <summary>The result alone, for lists; null with HS5020 when it cannot be read.</summary>
    public ApplyResult? LoadResult(int number, DiagnosticBag diagnostics) =>
        Read(number, "result.json", bytes => JsonSerializer.Deserialize(bytes, ApplyJsonContext.Default.ApplyResult), diagnostics);

    /// <summary>All of it; null with HS5020 or HS4003 when a part cannot be read.</summary>
    public Generation? Load(int number, DiagnosticBag diagnostics)
    {
        var blueprint = Read(number, "blueprint.json", bytes => json.ReadBlueprint(bytes, diagnostics), diagnostics);
        var plan = Read(number, "plan.json", bytes => json.Read(bytes, diagnostics), diagnostics);
        var images = Read(number, "images.json", bytes => JsonSerializer.Deserialize(bytes, GenerationsJsonContext.Default.ValueMapImagePin), diagnostics);
        var result = LoadResult(number, diagnostics);
        return blueprint is null || plan is null || images is null || result is null ? null
            : new() { Number = number, Blueprint = blueprint, Plan = plan, Images = images, Result = result };
    }

    /// <summary>Number of the newest that ended well, below a number; 0 when there is none.</summary>
    public int NewestGood(int below, DiagnosticBag diagnostics) =>
        Numbers().Reverse().FirstOrDefault(number => number < below && LoadResult(number, diagnostics) is { Outcome: ApplyOutcome.Applied });

    /// <summary>Writes one, complete and durable when this returns.</summary>
    public void Record(Generation generation)
    {
        disk.MakeFolders(folder);
        var final = PathOf(generation.Number);
        var temporary = final + Unfinished;
        disk.DeleteTree(temporary);
        disk.MakeFolder(temporary);
        foreach (var source in generation.Plan.Sources)
        {
            var path = Path.Combine(temporary, "manifest", CopyPath(source.Path));
            var parent = Path.GetDirectoryName(path) ?? temporary;
            disk.MakeFolders(parent);
            disk.WriteSynced(path, Encoding.UTF8.GetBytes(source.Text));
            disk.SyncFolder(parent);
        }

        disk.WriteSynced(Path.Combine(temporary, "blueprint.json"), json.Write(generation.Blueprint));
        disk.WriteSynced(Path.Combine(temporary, "plan.json"), json.Write(generation.Plan));
        disk.WriteSynced(Path.Combine(temporary, "images.json"), JsonSerializer.SerializeToUtf8Bytes(generation.Images, GenerationsJsonContext.Default.ValueMapImagePin));
        disk.WriteSynced(Path.Combine(temporary, "result.json"), JsonSerializer.SerializeToUtf8Bytes(generation.Result, ApplyJsonContext.Default.ApplyResult));
        disk.SyncFolder(temporary);
        disk.Rename(temporary, final);
        disk.SyncFolder(folder);
    }

    /// <summary>Removes what an interrupted <see cref="Record"/> left.</summary>
    public void Clean()
    {
        foreach (var name in disk.List(folder).Where(name => name.EndsWith(Unfinished, StringComparison.Ordinal)))
        {
            disk.DeleteTree(Path.Combine(folder, name));
        }
    }

    private T? Read<T>(int number, string name, Func<byte[], T?> parse, DiagnosticBag diagnostics)
        where T : class
    {
        var path = Path.Combine(PathOf(number), name);
        try
        {
            return parse(disk.Read(path, Limit));
        }
        catch (Exception exception) when (exception is JsonException or MachineException)
        {
            diagnostics.Add(GenerationDiagnostics.NotReadable(number, path, exception.Message));
            return null;
        }
    }

    private string PathOf(int number) => Path.Combine(folder, number.ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>A path beneath the copy's folder, whatever the path was.</summary>
    private static string CopyPath(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not "." and not "..").ToArray();
        var isOutside = Path.IsPathRooted(path) || path.Split('/').Contains("..") || parts is [Outside, ..];
        return string.Join('/', isOutside ? parts.Prepend(Outside) : parts);
    }
}
