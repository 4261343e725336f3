namespace Homestack.Machine;

/// <summary>The file of a unix socket: only for its owner, and gone when it is dead.</summary>
public static class SocketFile
{
    /// <summary>Longest path that fits into <c>sockaddr_un</c> with its closing zero.</summary>
    public const int LongestPath = 107;

    /// <summary>Removes a socket that a dead process left, and makes its folder for the owner alone.</summary>
    /// <exception cref="MachineException">Something that is not a socket lies there, or the folder cannot be made.</exception>
    public static void Clear(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path) ?? "/";
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var entry = new RealDisk().Look(path);
            if (entry is DiskEntry.File or DiskEntry.Folder)
            {
                throw new MachineException($"listen on {path}", "Something that is not a socket lies there.", $"Look at it: ls -l {path}", MachineFailure.Conflict);
            }

            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"listen on {path}", exception.Message, kind: MachineFailure.Denied, inner: exception);
        }
    }

    /// <summary>Mode 0600.</summary>
    public static void Protect(string path) => File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    public static void Remove(string path) => File.Delete(path);
}
