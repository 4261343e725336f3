namespace Homestack.Machine;

/// <summary>The file system as a store of ours uses it: one method for each call that can fail by itself, so that a test can fail or crash each.</summary>
/// <remarks>
/// Paths are absolute. Files are made with mode 0600, folders with 0700. Every method throws <see cref="MachineException"/> and nothing else; after a failed
/// <see cref="IDiskFile.Sync"/> or <see cref="SyncFolder"/> the kind is <see cref="MachineFailure.StorageBroken"/> and every later write is refused with it.
/// </remarks>
public interface IDisk
{
    /// <summary>Opens a new, empty file for writing; one that is there already is emptied.</summary>
    IDiskFile Create(string path);

    /// <summary>Opens a file for writing at its end; makes it when it is missing.</summary>
    IDiskFile OpenAppend(string path);

    /// <summary>The whole file.</summary>
    /// <param name="path">A regular file; a device, pipe or folder is refused.</param>
    /// <param name="limit">Largest size that is read, in bytes; a larger file is an error.</param>
    byte[] Read(string path, long limit);

    /// <summary>What is at the path, following symbolic links.</summary>
    DiskEntry Look(string path);

    /// <summary>Names in a folder, in ordinal order, without <c>.</c> and <c>..</c>; empty when the folder is missing.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Makes one folder; it is fine when it is there. Its parent must be there.</summary>
    void MakeFolder(string path);

    /// <summary>Atomically gives a file or folder another name; a file there is replaced.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file or an empty folder; it is fine when it is missing.</summary>
    void Delete(string path);

    /// <summary>Makes the names in a folder survive a power cut.</summary>
    void SyncFolder(string folder);

    /// <summary>Takes a lock that ends with this process at the latest; null when another holds it.</summary>
    /// <param name="path">The lock's file, made when missing and never removed.</param>
    /// <param name="holder">What the file says while the lock is held, for those who are refused.</param>
    IDisposable? TryLock(string path, ReadOnlySpan<byte> holder);
}

/// <summary>A file that is open for writing.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Writes all of the bytes, or throws; after a failure any part of them may stand in the file.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Makes everything written so far survive a power cut.</summary>
    void Sync();

    /// <summary>Cuts the file to a length in bytes.</summary>
    void Truncate(long length);
}

/// <summary>What is at a path.</summary>
public enum DiskEntry
{
    Nothing,
    File,
    Folder,

    /// <summary>A device, pipe or socket.</summary>
    Other,
}
