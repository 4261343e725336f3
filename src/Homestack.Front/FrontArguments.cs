namespace Homestack.Front;

/// <summary>What the front was started with.</summary>
/// <param name="Folder">Absolute: its snapshots, its socket, its logs.</param>
internal sealed record FrontArguments(string Folder)
{
    /// <summary>Null when the words make no sense.</summary>
    public static FrontArguments? Parse(IReadOnlyList<string> words) => words is ["--folder", { Length: > 0 } folder] ? new(Path.GetFullPath(folder)) : null;
}
