namespace Homestack.Machine;

/// <summary>A disk that stops for good at the first failed fsync.</summary>
/// <remarks>
/// After a failed fsync the kernel may have dropped the pages and a second fsync would "succeed" with the data gone, so nothing is retried and nothing more is written:
/// a restart looks at what really is on the disk. Reading goes on.
/// <para>Source: PostgreSQL, <c>data_sync_retry</c> off; fsync(2).</para>
/// </remarks>
public sealed class GuardedDisk(IDisk inner) : IDisk
{
    private volatile MachineException? broken;

    public IDiskFile Create(string path) => new GuardedFile(this, Writing(() => inner.Create(path)));

    public IDiskFile OpenAppend(string path) => new GuardedFile(this, Writing(() => inner.OpenAppend(path)));

    public byte[] Read(string path, long limit) => inner.Read(path, limit);

    public DiskEntry Look(string path) => inner.Look(path);

    public IReadOnlyList<string> List(string folder) => inner.List(folder);

    public void MakeFolder(string path) => Writing(() => inner.MakeFolder(path));

    public void Rename(string from, string to) => Writing(() => inner.Rename(from, to));

    public void Delete(string path) => Writing(() => inner.Delete(path));

    public void SyncFolder(string folder) => Writing(() => inner.SyncFolder(folder));

    public IDisposable? TryLock(string path, ReadOnlySpan<byte> holder) => inner.TryLock(path, holder);

    private void Writing(Action write) => Writing(() =>
    {
        write();
        return true;
    });

    private T Writing<T>(Func<T> write)
    {
        if (broken is { } first)
        {
            throw new MachineException(first.Call, $"{first.Words} Nothing more is written since then.", first.Next, MachineFailure.StorageBroken, first);
        }

        try
        {
            return write();
        }
        catch (MachineException exception) when (exception.Kind == MachineFailure.StorageBroken)
        {
            broken = exception;
            throw;
        }
    }

    private sealed class GuardedFile(GuardedDisk disk, IDiskFile file) : IDiskFile
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            // A span cannot be captured; the check and the write stand apart instead.
            disk.Writing(() => { });
            file.Write(bytes);
        }

        public void Sync() => disk.Writing(file.Sync);

        public void Truncate(long length) => disk.Writing(() => file.Truncate(length));

        public void Dispose() => file.Dispose();
    }
}
