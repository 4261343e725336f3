using System.Text;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Cli.Commands;

/// <summary>Writes files into a folder and never over a file that says something else.</summary>
internal static class NewFiles
{
    private const long Limit = 16 << 20;

    /// <summary>True when all were written or stand there already as they should; otherwise nothing was written and the reason was said.</summary>
    /// <param name="call">For what is said.</param>
    /// <param name="folder">Absolute; made when missing.</param>
    /// <param name="files">Path inside the folder → text.</param>
    public static bool Write(Call call, string folder, ValueMap<string> files)
    {
        var disk = new RealDisk();
        foreach (var (path, text) in files)
        {
            var place = Path.Combine(folder, path);
            if (disk.Look(place) != DiskEntry.Nothing && !IsSame(disk, place, text))
            {
                call.Refuse($"{place} is there already and is not overwritten.", "Name an empty folder with --out.");
                return false;
            }
        }

        foreach (var (path, text) in files)
        {
            UnitFile.Write(Path.Combine(folder, path), Encoding.UTF8.GetBytes(text));
        }

        return true;
    }

    private static bool IsSame(RealDisk disk, string place, string text) =>
        disk.Look(place) == DiskEntry.File && disk.Read(place, Limit).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text));
}
