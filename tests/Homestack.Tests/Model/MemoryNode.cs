namespace Homestack.Tests.Model;

/// <summary>Something on a <see cref="MemoryDisk"/>: as it is now, and as it is sure to be after a power cut.</summary>
internal abstract class MemoryNode
{
    public abstract void Sync();

    /// <summary>Becomes what a power cut leaves: what was made to last, and any part of the rest.</summary>
    public abstract void Forget(Random random);
}

internal sealed class MemoryFile : MemoryNode
{
    public byte[] Bytes { get; set; } = [];

    public byte[] Synced { get; private set; } = [];

    public override void Sync() => Synced = Bytes;

    public override void Forget(Random random)
    {
        if (!Bytes.AsSpan().SequenceEqual(Synced))
        {
            var kept = Bytes.AsSpan().StartsWith(Synced) ? Synced.Length : 0;
            Bytes = random.Next(4) switch
            {
                0 => Synced,
                1 => Bytes,
                2 => Bytes[..random.Next(kept, Bytes.Length + 1)],
                _ => [.. Bytes.AsSpan(0, kept), .. new byte[Bytes.Length - kept]],
            };
        }

        Synced = Bytes;
    }
}

internal sealed class MemoryFolder : MemoryNode
{
    private readonly List<FolderChange> pending = [];
    private Dictionary<string, MemoryNode> synced = new(StringComparer.Ordinal);

    public Dictionary<string, MemoryNode> Now { get; private set; } = new(StringComparer.Ordinal);

    public MemoryNode Do(FolderChange change)
    {
        pending.Add(change);
        change.ApplyTo(Now);
        return change.Node ?? this;
    }

    public override void Sync()
    {
        synced = new(Now, StringComparer.Ordinal);
        pending.Clear();
    }

    public override void Forget(Random random)
    {
        Now = new(synced, StringComparer.Ordinal);
        foreach (var change in pending.Where(_ => random.Next(2) == 0))
        {
            change.ApplyTo(Now);
        }

        Sync();
        foreach (var node in Now.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value))
        {
            node.Forget(random);
        }
    }
}

/// <summary>Takes a name away, gives one, or both at once.</summary>
internal sealed record FolderChange(string? Name, MemoryNode? Node, string? Removed)
{
    public void ApplyTo(Dictionary<string, MemoryNode> names)
    {
        if (Removed is not null)
        {
            names.Remove(Removed);
        }

        if (Name is not null && Node is not null)
        {
            names[Name] = Node;
        }
    }
}
