using Homestack.Collections;

namespace Homestack.Planes.Containers.Importing;

/// <summary>What is to be imported. Without any name: everything that runs and is not ours.</summary>
/// <param name="Containers">Names or the beginnings of ids, at least four characters.</param>
/// <param name="Projects">Names of Compose projects.</param>
public sealed record ImportChoice(ValueList<string> Containers, ValueList<string> Projects)
{
    private const int ShortestId = 4;

    public bool IsEverything => Containers.Count == 0 && Projects.Count == 0;

    public bool Includes(string id, IEnumerable<string> names, string project) =>
        IsEverything || Projects.Contains(project)
        || Containers.Any(chosen => names.Contains(chosen) || (chosen.Length >= ShortestId && id.StartsWith(chosen, StringComparison.Ordinal)));
}
