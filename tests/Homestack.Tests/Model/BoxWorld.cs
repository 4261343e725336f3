using Homestack.Machine;

namespace Homestack.Tests.Model;

/// <summary>A small engine: boxes with a digest, each with a volume of its own name that outlives it.</summary>
internal sealed class BoxWorld
{
    private readonly SortedDictionary<string, string> boxes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> volumes = new(StringComparer.Ordinal);

    /// <summary>Boxes with this digest never become well.</summary>
    public string Sick { get; set; } = "";

    public IReadOnlyDictionary<string, string> Boxes => boxes;

    /// <summary>Everything there is, sorted; equal for equal worlds.</summary>
    public string Dump() => string.Join('\n', boxes.Select(box => $"box {box.Key} {box.Value}").Concat(volumes.Select(volume => $"volume {volume.Key} {volume.Value}")));

    public void Do(BoxesChange change)
    {
        switch (change)
        {
            case MakeBox make when boxes.TryGetValue(make.Name, out var there) && there != make.Digest:
                throw new MachineException(make.Summary, "The name is taken.", kind: MachineFailure.Conflict);
            case MakeBox make:
                boxes[make.Name] = make.Digest;
                volumes.TryAdd(make.Name, "sentinel of " + make.Name);
                break;
            case RenameBox rename when boxes.Remove(rename.From, out var digest):
                boxes[rename.To] = digest;
                break;
            case CheckBox check when !boxes.TryGetValue(check.Name, out var digest) || digest == Sick:
                throw new MachineException(check.Summary, "It is not well.");
            case RemoveBox remove when remove.OnlyWhile.Length == 0 || boxes.ContainsKey(remove.OnlyWhile):
                boxes.Remove(remove.Name);
                break;
        }
    }
}
