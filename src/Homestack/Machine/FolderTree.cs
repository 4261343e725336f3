namespace Homestack.Machine;

/// <summary>Reads a folder with all beneath it, as a build does. Links are shown, never followed.</summary>
public static class FolderTree
{
    /// <summary>Most entries; a folder with more is refused.</summary>
    public const int EntryBudget = 200_000;

    /// <summary>Everything beneath a folder, sorted by path in ordinal order.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="isWanted">Decides by relative path, with forward slashes, and whether it is a folder; a folder that is not wanted is not entered.</param>
    /// <exception cref="MachineException">It is not there, cannot be read or holds too much.</exception>
    public static IReadOnlyList<TreeEntry> Walk(string folder, Func<string, bool, bool> isWanted)
    {
        var entries = new List<TreeEntry>();
        try
        {
            if (!Directory.Exists(folder))
            {
                throw new MachineException($"read {folder}", "There is no such folder.", $"Try: ls -ld {folder}", MachineFailure.NotFound);
            }

            Walk(new DirectoryInfo(folder), "", isWanted, entries);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"read {folder}", exception.Message, $"Try: ls -lR {folder}", MachineFailure.Denied, exception);
        }

        entries.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return entries;
    }

    /// <summary>Opens one of the files.</summary>
    public static Stream Open(string folder, TreeEntry entry)
    {
        var path = Path.Combine(folder, entry.Path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 << 10, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"read {path}", exception.Message, $"Try: ls -l {path}", MachineFailure.Denied, exception);
        }
    }

    /// <summary>A small text file beneath the folder; empty when it is missing.</summary>
    public static string ReadSmall(string folder, string name)
    {
        const int longest = 1 << 20;
        var file = new FileInfo(Path.Combine(folder, name));
        return !file.Exists ? "" : file.Length <= longest ? File.ReadAllText(file.FullName)
            : throw new MachineException($"read {file.FullName}", $"It is larger than {longest:N0} bytes.", $"Try: ls -l {file.FullName}");
    }

    /// <summary>A new empty folder for the time of a call; dispose it to remove it.</summary>
    public static ScratchFolder MakeTemporary(string prefix) => new(Directory.CreateTempSubdirectory(prefix).FullName);

    /// <summary>The files with an ending in a folder, sorted.</summary>
    public static IReadOnlyList<string> Files(string folder, string ending) => [.. Directory.EnumerateFiles(folder, "*" + ending).Order(StringComparer.Ordinal)];

    private static void Walk(DirectoryInfo folder, string prefix, Func<string, bool, bool> isWanted, List<TreeEntry> entries)
    {
        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            var path = prefix + item.Name;
            var isLink = item.LinkTarget is not null;
            var isFolder = !isLink && item is DirectoryInfo;
            if (!isWanted(path, isFolder))
            {
                continue;
            }

            if (entries.Count >= EntryBudget)
            {
                throw new MachineException($"read {folder.FullName}", $"It holds more than {EntryBudget:N0} files, which is not believed to be meant.", "Try: a .dockerignore file");
            }

            if (isLink)
            {
                entries.Add(new(path, TreeEntryKind.Link, 0x1FF, 0, item.LinkTarget ?? ""));
            }
            else if (item is DirectoryInfo inner)
            {
                entries.Add(new(path, TreeEntryKind.Folder, (int)item.UnixFileMode, 0, ""));
                Walk(inner, path + "/", isWanted, entries);
            }
            else if (item is FileInfo { Attributes: var attributes } file && (attributes & FileAttributes.Device) == 0)
            {
                entries.Add(new(path, TreeEntryKind.File, (int)item.UnixFileMode, file.Length, ""));
            }
        }
    }
}

/// <summary>One thing in a folder.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Kind">What.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Size">Bytes of a file.</param>
/// <param name="Target">Of a link, as written.</param>
public sealed record TreeEntry(string Path, TreeEntryKind Kind, int Mode, long Size, string Target);

/// <summary>What a thing in a folder is.</summary>
public enum TreeEntryKind
{
    File,
    Folder,
    Link,
}

/// <summary>A folder that goes away.</summary>
public sealed record ScratchFolder(string Path) : IDisposable
{
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
