using System.Text;
using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>What the public DNS was told last: a line for each family of addresses, which begins with it.</summary>
/// <param name="disk">Where.</param>
/// <param name="path">Absolute.</param>
internal sealed class PublicNamesStore(IDisk disk, string path)
{
    private const int Limit = 64 << 10;

    public bool Holds(string line) => Lines().Contains(line);

    /// <summary>Takes the place of the line of the same family.</summary>
    public void Keep(string line)
    {
        var family = line[..(line.IndexOf(' ', StringComparison.Ordinal) + 1)];
        disk.WriteDurably(path, Encoding.UTF8.GetBytes(string.Concat(Lines().Where(known => !known.StartsWith(family, StringComparison.Ordinal)).Append(line).Select(kept => kept + "\n"))));
    }

    private string[] Lines() => Encoding.UTF8.GetString(disk.ReadIfThere(path, Limit)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
