using Homestack.Machine;

namespace Homestack.Tests.Model;

/// <summary>A disk with a page cache: what was not fsynced is there for readers, and may or may not be there after a power cut.</summary>
/// <remarks>A rename is atomic and its folder's fsync makes it last; a file's fsync makes its bytes last, not its name. Whatever was not made to last survives in any subset.</remarks>
internal class MemoryDisk(Faults faults) : IDisk
{
    private readonly HashSet<string> locks = new(StringComparer.Ordinal);

    private readonly MemoryFolder root = new();

    private Faults Faults => faults;

    public IDiskFile Create(string path) => Call($"open {path}", () =>
    {
        var file = Open(path);
        file.Bytes = [];
        return new OpenFile(this, path, file);
    });

    public IDiskFile OpenAppend(string path) => Call($"open {path}", () => new OpenFile(this, path, Open(path)));

    public byte[] Read(string path, long limit) => Call($"read {path}", () => (Find(path) as MemoryFile)?.Bytes ?? throw Missing(path));

    public DiskEntry Look(string path) => Call($"stat {path}", () => Find(path) switch { MemoryFile => DiskEntry.File, MemoryFolder => DiskEntry.Folder, _ => DiskEntry.Nothing });

    public IReadOnlyList<string> List(string folder) => Call<IReadOnlyList<string>>($"list {folder}", () => Find(folder) is MemoryFolder found ? [.. found.Now.Keys.Order(StringComparer.Ordinal)] : []);

    public void MakeFolder(string path) => Call($"mkdir {path}", () => Find(path) ?? Parent(path).Do(new(Path.GetFileName(path), new MemoryFolder(), null)));

    public void Rename(string from, string to) => Call($"rename {from} to {to}", () =>
        Parent(from) == Parent(to) ? Parent(to).Do(new(Path.GetFileName(to), Find(from) ?? throw Missing(from), Path.GetFileName(from))) : throw new NotSupportedException());

    public void Delete(string path) => Call($"remove {path}", () => Find(path) is null ? null : Parent(path).Do(new(null, null, Path.GetFileName(path))));

    public void SyncFolder(string folder) => Call($"fsync {folder}", () =>
    {
        SyncNow(Find(folder) ?? throw Missing(folder));
        return true;
    });

    public IDisposable? TryLock(string path, ReadOnlySpan<byte> holder)
    {
        var bytes = holder.ToArray();
        return Call($"lock {path}", () =>
        {
            if (!locks.Add(path))
            {
                return null;
            }

            Open(path).Bytes = bytes;
            return new Held(() => locks.Remove(path));
        });
    }

    /// <summary>The process ended, the kernel did not: everything written is there.</summary>
    public void Kill() => locks.Clear();

    /// <summary>The power went: of what was not made to last, any part is there.</summary>
    public void CutPower(Random random)
    {
        Kill();
        root.Forget(random);
    }

    /// <summary>What a power cut could not take from a file's bytes.</summary>
    public byte[] Lasting(string path) => (Find(path) as MemoryFile)?.Synced ?? [];

    protected virtual void SyncNow(MemoryNode node) => node.Sync();

    private T Call<T>(string name, Func<T> effect) => faults.Call(name, effect);

    private MemoryFile Open(string path) => Find(path) as MemoryFile ?? (MemoryFile)Parent(path).Do(new(Path.GetFileName(path), new MemoryFile(), null));

    private MemoryFolder Parent(string path) => Find(Path.GetDirectoryName(path) ?? "/") as MemoryFolder ?? throw Missing(path);

    private MemoryNode? Find(string path)
    {
        MemoryNode? at = root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = (at as MemoryFolder)?.Now.GetValueOrDefault(name);
        }

        return at;
    }

    private static MachineException Missing(string path) => new($"open {path}", "No such file.", kind: MachineFailure.NotFound);

    private sealed class OpenFile(MemoryDisk disk, string path, MemoryFile file) : IDiskFile
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            // In two pieces, so that a fault between them tears what is written.
            foreach (var piece in new[] { bytes[..(bytes.Length / 2)].ToArray(), bytes[(bytes.Length / 2)..].ToArray() })
            {
                disk.Faults.Call($"write {path}", () => file.Bytes = [.. file.Bytes, .. piece]);
            }
        }

        public void Sync() => disk.Faults.Call($"fsync {path}", () =>
        {
            disk.SyncNow(file);
            return true;
        });

        public void Truncate(long length) => disk.Faults.Call($"ftruncate {path}", () => file.Bytes = file.Bytes[..(int)length]);

        public void Dispose()
        {
        }
    }

    private sealed class Held(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
