namespace Homestack.Machine;

/// <summary>Files that everybody may read and only their owner may write, each named by what is in it.</summary>
/// <param name="folder">Absolute.</param>
/// <param name="disk">For durable writes.</param>
public sealed class ListStore(string folder, IDisk disk)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const string Ending = ".txt";

    public string PathOf(string digest) => Path.Combine(folder, digest + Ending);

    /// <summary>Keeps a content; one that is there is left as it is.</summary>
    /// <exception cref="MachineException">It could not be written.</exception>
    public void Keep(string digest, ReadOnlySpan<byte> content)
    {
        var path = PathOf(digest);
        if (disk.Look(path) == DiskEntry.File)
        {
            return;
        }

        disk.MakeFolders(folder);
        File.SetUnixFileMode(folder, Passable);
        disk.WriteDurably(path, content);
        File.SetUnixFileMode(path, Readable);
    }

    /// <summary>Lets go of what is not in use.</summary>
    public void Forget(IReadOnlySet<string> inUse)
    {
        foreach (var name in disk.List(folder).Where(name => name.EndsWith(Ending, StringComparison.Ordinal) && !inUse.Contains(name[..^Ending.Length])))
        {
            disk.Delete(Path.Combine(folder, name));
        }
    }

    /// <summary>Changes whenever a file does; empty when there is none.</summary>
    public static string StampOf(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file ? FormattableString.Invariant($"{file.Length}-{file.LastWriteTimeUtc.Ticks}") : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
