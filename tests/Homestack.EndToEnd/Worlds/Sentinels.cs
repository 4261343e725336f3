using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;

namespace Homestack.EndToEnd.Worlds;

/// <summary>A file in each volume of an engine, written beside the container: whoever empties or replaces a volume loses it.</summary>
internal static class Sentinels
{
    private const string Name = "sentinel";

    /// <summary>Puts one into every volume that has none yet; the names of all volumes.</summary>
    public static async Task<IReadOnlyList<string>> PlantAsync(EngineSocket api)
    {
        var volumes = await VolumesAsync(api);
        foreach (var (name, folder) in volumes)
        {
            if (!File.Exists(Path.Combine(folder, Name)))
            {
                await File.WriteAllTextAsync(Path.Combine(folder, Name), "the sentinel of " + name);
            }
        }

        return [.. volumes.Select(volume => volume.Name)];
    }

    /// <summary>The volumes among <paramref name="names"/> that are gone or have lost their file.</summary>
    public static async Task<IReadOnlyList<string>> LostAsync(EngineSocket api, IEnumerable<string> names)
    {
        var volumes = (await VolumesAsync(api)).ToDictionary(volume => volume.Name, volume => volume.Folder);
        return [.. names.Where(name => !volumes.TryGetValue(name, out var folder) || !File.Exists(Path.Combine(folder, Name))
            || File.ReadAllText(Path.Combine(folder, Name)) != "the sentinel of " + name)];
    }

    private static async Task<IReadOnlyList<(string Name, string Folder)>> VolumesAsync(EngineSocket api)
    {
        var volumes = (await api.GetAsync("volumes"))["Volumes"] as JsonArray ?? [];
        return [.. volumes.Select(volume => ((string?)volume?["Name"] ?? "", (string?)volume?["Mountpoint"] ?? ""))];
    }
}
