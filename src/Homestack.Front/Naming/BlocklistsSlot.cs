using System.Security.Cryptography;
using Homestack.Front.Snapshots;
using Homestack.Fronts;
using Homestack.Machine;
using Homestack.NameServer;

namespace Homestack.Front.Naming;

/// <summary>The slot of <see cref="BlocklistsSnapshot"/>: reads the files it names, and keeps what did not change.</summary>
internal sealed class BlocklistsSlot(NameWorld world, IDisk disk) : ISlot
{
    private const int MostLists = 64;

    private Dictionary<string, (string Digest, Blocklist List)> read = new(StringComparer.Ordinal);

    public string Name => BlocklistsSnapshot.Slot;

    public int Largest => 1 << 20;

    public Task<Takeover> PrepareAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => Task.Run(() =>
    {
        var given = SnapshotJson.Read(bytes, SnapshotJson.Blocklists);
        SnapshotException.ThrowIf(given.Lists.Count > MostLists, $"There are more than {MostLists} blocklists.");
        var next = new Dictionary<string, (string Digest, Blocklist List)>(StringComparer.Ordinal);
        foreach (var (source, file) in given.Lists)
        {
            cancellationToken.ThrowIfCancellationRequested();
            next[source] = read.TryGetValue(source, out var known) && known.Digest == file.Digest ? known : (file.Digest, Read(file));
        }

        return new Takeover(
            () =>
            {
                read = next;
                world.Use(next.ToDictionary(list => list.Key, list => list.Value.List, StringComparer.Ordinal));
            },
            () => { },
            () => { });
    }, cancellationToken);

    private Blocklist Read(BlocklistFile file)
    {
        var text = disk.Read(file.Path, BlocklistsSnapshot.MostBytes);
        SnapshotException.ThrowIf(Convert.ToHexStringLower(SHA256.HashData(text)) != file.Digest, $"{file.Path} is not the list that was meant.");
        return new BlocklistBuilder().AddList(text).Build();
    }
}
