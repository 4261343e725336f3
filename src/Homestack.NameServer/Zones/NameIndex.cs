using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Zones;

/// <summary>All names that exist in one view, found by their bytes. Frozen: made once, then only read.</summary>
/// <remarks>A table with open addressing, at most half full.</remarks>
internal sealed class NameIndex
{
    private readonly ulong[] hashes;
    private readonly NameNode?[] nodes;
    private readonly int mask;

    public NameIndex(IReadOnlyCollection<NameNode> names)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, names.Count * 2));
        hashes = new ulong[size];
        nodes = new NameNode?[size];
        mask = size - 1;
        foreach (var node in names)
        {
            var hash = NameHash.Compute(node.Name, 0);
            var slot = (int)hash & mask;
            while (nodes[slot] is not null)
            {
                slot = (slot + 1) & mask;
            }

            hashes[slot] = hash;
            nodes[slot] = node;
        }
    }

    /// <param name="hash">The hash of <paramref name="name"/> with seed 0.</param>
    public NameNode? Find(ReadOnlySpan<byte> name, ulong hash)
    {
        for (var slot = (int)hash & mask; nodes[slot] is { } node; slot = (slot + 1) & mask)
        {
            if (hashes[slot] == hash && name.SequenceEqual(node.Name))
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>The longest existing name above <paramref name="name"/>, the closest encloser of RFC 4592 §3.3.1; null: the name is in no zone.</summary>
    public NameNode? FindEncloser(ReadOnlySpan<byte> name)
    {
        while (name.Length > 1)
        {
            name = name[(1 + name[0])..];
            if (Find(name, NameHash.Compute(name, 0)) is { } node)
            {
                return node;
            }
        }

        return null;
    }
}
