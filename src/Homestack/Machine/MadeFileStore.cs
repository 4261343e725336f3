namespace Homestack.Machine;

/// <summary>Files that are made for containers, such as secrets: on a file system that lives in memory, in a folder that only we may enter.</summary>
/// <remarks>A container sees its file through a bind mount, so the file's own mode and owner decide who reads it there. Each file appears complete or not at all.</remarks>
/// <param name="root">Absolute, on tmpfs, such as <c>/run/homestack/files</c>.</param>
public sealed class MadeFileStore(string root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where a file is or would be.</summary>
    /// <param name="folder">One or more plain names, apart by <c>/</c>.</param>
    /// <param name="number">Which of the folder's files.</param>
    public string PathOf(string folder, int number) => Path.Combine(root, folder, number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Makes a file unless it is there.</summary>
    /// <param name="path">From <see cref="PathOf"/>.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="userId">Its owner; needs root when it is not us.</param>
    /// <param name="groupId">Its group.</param>
    /// <param name="mode">Permission bits, such as octal 0444.</param>
    public void Ensure(string path, ReadOnlySpan<byte> content, int userId, int groupId, int mode)
    {
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            var folder = Path.GetDirectoryName(path) ?? root;
            Directory.CreateDirectory(folder, OwnerOnly);
            var unfinished = path + ".new";
            File.Delete(unfinished);
            using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
                file.Write(content);
            }

            if (ProcessEnvironment.IsRoot && LibC.ChangeOwner(unfinished, (uint)userId, (uint)groupId) != 0)
            {
                throw LibC.Failure($"chown {unfinished}");
            }

            File.SetUnixFileMode(unfinished, (UnixFileMode)(mode & 0x1FF));
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"write {path}", exception.Message, $"Try: ls -ld {root}", MachineFailure.Denied, exception);
        }
    }

    /// <summary>What a small file of this machine says, for keeping it out of messages; empty when there is none.</summary>
    /// <param name="path">Absolute.</param>
    public static string ContentOf(string path)
    {
        const int longest = 64 << 10;
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= longest ? File.ReadAllText(path) : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>What the files of a folder say, for keeping it out of messages; empty when there are none.</summary>
    public IReadOnlyList<string> Contents(string folder)
    {
        const int longest = 64 << 10;
        var path = Path.Combine(root, folder);
        return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Where(file => new FileInfo(file).Length <= longest).Take(64).Select(File.ReadAllText)] : [];
    }

    /// <summary>Removes a folder with its files; it is fine when it is missing.</summary>
    public void Forget(string folder)
    {
        var path = Path.Combine(root, folder);
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"remove {path}", exception.Message, $"Try: ls -ld {path}", MachineFailure.Denied, exception);
        }
    }
}
