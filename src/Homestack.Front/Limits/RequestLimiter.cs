using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Homestack.Front.Limits;

/// <summary>Counts what each visitor asks of each route, in a table that never grows.</summary>
/// <remarks>
/// One moment is kept for each pair: when everything asked so far would have been asked at the even rate. Who is not more than the period ahead of that may go on.
/// A full table forgets who is least ahead: nobody is ever refused because of others, and whoever comes from very many addresses is held back less.
/// <para>Source: the generic cell rate algorithm, ITU-T I.371 §5.4.1.</para>
/// </remarks>
internal sealed class RequestLimiter(TimeProvider clock)
{
    private const int SetCount = 8192, SetSize = 8, LockCount = 256;

    private readonly Slot[] slots = new Slot[SetCount * SetSize];
    private readonly Lock[] locks = [.. Enumerable.Range(0, LockCount).Select(_ => new Lock())];
    private readonly ulong seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <summary>Counts one request.</summary>
    /// <param name="visitor">From <see cref="NumberOf(IPAddress)"/>.</param>
    /// <param name="route">Of whom it is asked.</param>
    /// <param name="rate">How much is too much.</param>
    /// <returns>0 when it may pass; else seconds after which it may be tried again.</returns>
    public int Take(ulong visitor, ulong route, Allowance rate)
    {
        var key = Mix(Mix(visitor, seed), route) | 1;
        var now = clock.GetTimestamp();
        var set = (int)(key % SetCount);
        lock (locks[set % LockCount])
        {
            ref var slot = ref Find(slots.AsSpan(set * SetSize, SetSize), key);
            var even = Math.Max(slot.Even, now) + rate.TicksForOne;
            if (even - now > rate.TicksForAll)
            {
                return (int)Math.Max(1, (even - now - rate.TicksForAll + clock.TimestampFrequency - 1) / clock.TimestampFrequency);
            }

            slot.Even = even;
            return 0;
        }
    }

    /// <summary>An IPv4 address; of an IPv6 address the first 64 bits, which one household has to itself (RFC 6177).</summary>
    public static ulong NumberOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address is null || !address.TryWriteBytes(bytes, out var count) ? 0 : count == 4 ? BitConverter.ToUInt32(bytes) : BitConverter.ToUInt64(bytes);
    }

    /// <summary>A number for a name; another one in another process.</summary>
    public static ulong NumberOf(string name) => Mix((uint)name.GetHashCode(StringComparison.Ordinal), (ulong)(uint)(name + "/").GetHashCode(StringComparison.Ordinal) << 32 | 1);

    private static ref Slot Find(Span<Slot> set, ulong key)
    {
        var least = 0;
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i].Key == key)
            {
                return ref set[i];
            }

            least = set[i].Even < set[least].Even ? i : least;
        }

        ref var found = ref set[least];
        found = new() { Key = key };
        return ref found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left ^ 0x9E3779B97F4A7C15, right ^ 0xD6E8FEB86659FD93, out var low);
        return high ^ low;
    }

    private struct Slot
    {
        public ulong Key;

        public long Even;
    }
}
