namespace Homestack.Machine;

/// <summary>The machine's own file system. Writes happen on <see cref="DiskThread"/>.</summary>
public sealed class RealDisk : IDisk
{
    private const int FileMode = 0x180; // 0600
    private const uint FolderMode = 0x1C0; // 0700

    public IDiskFile Create(string path) => DiskThread.Run(() => RealFile.Open(path, LibC.WriteOnly | LibC.Create | LibC.Truncate, FileMode));

    public IDiskFile OpenAppend(string path) => DiskThread.Run(() => RealFile.Open(path, LibC.WriteOnly | LibC.Create | LibC.Append, FileMode));

    public byte[] Read(string path, long limit)
    {
        using var file = RealFile.Open(path, LibC.ReadOnly | LibC.NonBlocking, 0);
        return file.ReadAll(limit);
    }

    public DiskEntry Look(string path) => LibC.Status(LibC.CurrentFolder, path, out var entry, out _) ? entry
        : LibC.Failure($"stat {path}") is { Kind: not MachineFailure.NotFound } failure && !IsBeneathFile(path) ? throw failure
        : DiskEntry.Nothing;

    public IReadOnlyList<string> List(string folder)
    {
        try
        {
            var names = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).ToArray();
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"list {folder}", exception.Message, kind: exception is IOException ? MachineFailure.Failed : MachineFailure.Denied, inner: exception);
        }
    }

    public void MakeFolder(string path) => DiskThread.Run(() =>
    {
        if (LibC.MakeFolder(path, FolderMode) != 0 && LibC.Failure($"mkdir {path}") is var failure && !(failure.Kind == MachineFailure.Conflict && Look(path) == DiskEntry.Folder))
        {
            throw failure;
        }
    });

    public void Rename(string from, string to) => DiskThread.Run(() =>
    {
        if (LibC.Rename(from, to) != 0)
        {
            throw LibC.Failure($"rename {from} to {to}");
        }
    });

    public void Delete(string path) => DiskThread.Run(() =>
    {
        if (LibC.Remove(path) != 0 && LibC.Failure($"remove {path}") is { Kind: not MachineFailure.NotFound } failure)
        {
            throw failure;
        }
    });

    public void SyncFolder(string folder) => DiskThread.Run(() =>
    {
        using var file = RealFile.Open(folder, LibC.ReadOnly, 0);
        file.Sync();
    });

    public IDisposable? TryLock(string path, ReadOnlySpan<byte> holder) => FileLock.TryTake(path, holder);

    /// <summary>A name under something that is a file has nothing at it either.</summary>
    private static bool IsBeneathFile(string path) =>
        Path.GetDirectoryName(path) is { Length: > 0 } parent && LibC.Status(LibC.CurrentFolder, parent, out var entry, out _) && entry != DiskEntry.Folder;
}
