namespace Homestack.Machine;

/// <summary>What stores do with a disk in several calls.</summary>
public static class DurableDisk
{
    /// <summary>Writes a whole file so that after a crash or power cut there is the old content or the new, never a part.</summary>
    /// <remarks>The order is the point: 1. a temporary name, 2. the bytes, 3. fsync, checked, 4. rename, 5. fsync of the folder, for the name.</remarks>
    public static void WriteDurably(this IDisk disk, string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + ".tmp";
        using (var file = disk.Create(temporary))
        {
            file.Write(bytes);
            file.Sync();
        }

        disk.Rename(temporary, path);
        disk.SyncFolder(FolderOf(path));
    }

    /// <summary>Writes a new file whose name is made durable later, together with its neighbours, by <see cref="IDisk.SyncFolder"/>.</summary>
    public static void WriteSynced(this IDisk disk, string path, ReadOnlySpan<byte> bytes)
    {
        using var file = disk.Create(path);
        file.Write(bytes);
        file.Sync();
    }

    /// <summary>The whole file; empty when there is none.</summary>
    /// <param name="disk">Where.</param>
    /// <param name="path">Absolute.</param>
    /// <param name="limit">Largest size that is read, in bytes.</param>
    public static byte[] ReadIfThere(this IDisk disk, string path, long limit) => disk.Look(path) == DiskEntry.File ? disk.Read(path, limit) : [];

    /// <summary>Makes a folder with all its missing parents, each one's name durable.</summary>
    public static void MakeFolders(this IDisk disk, string path)
    {
        if (disk.Look(path) == DiskEntry.Folder)
        {
            return;
        }

        var parent = FolderOf(path);
        disk.MakeFolders(parent);
        disk.MakeFolder(path);
        disk.SyncFolder(parent);
    }

    /// <summary>Removes a folder of ours with all that is in it; what is half removed after a crash is removed by the next try.</summary>
    public static void DeleteTree(this IDisk disk, string path)
    {
        foreach (var name in disk.List(path))
        {
            var child = Path.Combine(path, name);
            if (disk.Look(child) == DiskEntry.Folder)
            {
                disk.DeleteTree(child);
            }
            else
            {
                disk.Delete(child);
            }
        }

        disk.Delete(path);
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : "/";
}
