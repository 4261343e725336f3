using System.Numerics;

namespace Homestack.NameServer.Blocklists;

/// <summary>A set of 64-bit hashes in one array, between a third and two thirds full. Frozen.</summary>
internal sealed class HashTable
{
    private readonly ulong[] slots;
    private readonly int mask;

    public HashTable(IReadOnlyCollection<ulong> hashes)
    {
        slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, hashes.Count + (hashes.Count / 2)))];
        mask = slots.Length - 1;
        foreach (var hash in hashes)
        {
            Add(NotZero(hash));
        }
    }

    public int Count { get; private set; }

    public bool Contains(ulong hash)
    {
        hash = NotZero(hash);
        for (var slot = (int)hash & mask; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (slots[slot] == hash)
            {
                return true;
            }
        }

        return false;
    }

    private void Add(ulong hash)
    {
        var slot = (int)hash & mask;
        while (slots[slot] != 0)
        {
            if (slots[slot] == hash)
            {
                return;
            }

            slot = (slot + 1) & mask;
        }

        slots[slot] = hash;
        Count++;
    }

    /// <summary>Zero marks an empty slot.</summary>
    private static ulong NotZero(ulong hash) => hash == 0 ? 1 : hash;
}
