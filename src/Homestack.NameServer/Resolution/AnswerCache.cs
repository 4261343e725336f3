using System.Collections.Concurrent;
using System.Security.Cryptography;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Resolution;

/// <summary>Answers of upstreams by question, bounded; a look-up allocates nothing.</summary>
/// <remarks>A key is the name in lower case, the type (two bytes), and whether DNSSEC records are in it (one byte). The oldest goes first, but one that was used stays for one more round.</remarks>
internal sealed class AnswerCache
{
    public const int MaxKeyLength = WireName.MaxLength + 3;

    private readonly ConcurrentDictionary<byte[], CachedAnswer> answers;
    private readonly ConcurrentDictionary<byte[], CachedAnswer>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    private readonly Queue<byte[]> order = new();
    private readonly int maxEntries;

    public AnswerCache(int maxEntries)
    {
        this.maxEntries = Math.Max(1, maxEntries);
        answers = new ConcurrentDictionary<byte[], CachedAnswer>(new KeyComparer());
        lookup = answers.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => answers.Count;

    /// <returns>Bytes of the key.</returns>
    public static int WriteKey(ReadOnlySpan<byte> name, RecordType type, bool wantsDnssec, Span<byte> key)
    {
        name.CopyTo(key);
        key[name.Length] = (byte)((ushort)type >> 8);
        key[name.Length + 1] = (byte)type;
        key[name.Length + 2] = (byte)(wantsDnssec ? 1 : 0);
        return name.Length + 3;
    }

    public CachedAnswer? Find(ReadOnlySpan<byte> key) => lookup.TryGetValue(key, out var answer) ? answer : null;

    public void Store(byte[] key, CachedAnswer answer)
    {
        lock (order)
        {
            if (!answers.ContainsKey(key))
            {
                while (order.Count >= maxEntries)
                {
                    Evict();
                }

                order.Enqueue(key);
            }

            answers[key] = answer;
        }
    }

    private void Evict()
    {
        for (var spared = 0; order.TryDequeue(out var oldest); spared++)
        {
            if (spared < maxEntries && answers.TryGetValue(oldest, out var answer) && answer.WasUsed)
            {
                answer.WasUsed = false;
                order.Enqueue(oldest);
                continue;
            }

            answers.TryRemove(oldest, out _);
            return;
        }
    }

    /// <summary>Seeded: strangers choose the keys.</summary>
    private sealed class KeyComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        private readonly ulong seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)NameHash.Compute(alternate, seed);
    }
}
