using System.Security.Cryptography;

namespace Homestack.NameServer.Clients;

/// <summary>A token bucket for each client network, in a table of fixed size.</summary>
/// <remarks>
/// A bucket is the one moment at which it would be full again (generic cell rate algorithm), so that taking a token is one compare-and-swap.
/// Networks that fall into one slot share a bucket; which do is random for each process.
/// </remarks>
internal sealed class RateLimiter(RateLimit limit, TimeProvider time)
{
    private const int Slots = 1 << 14;

    private readonly long[] fullAt = new long[Slots];
    private readonly long interval = Math.Max(1, time.TimestampFrequency / Math.Max(1, limit.PerSecond));
    private readonly ulong seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    public bool TryTake(in ClientAddress client)
    {
        var slot = (int)(((client.Network + seed) * 0x9E37_79B9_7F4A_7C15 * seed) >> 50);
        var now = time.GetTimestamp();
        ref var bucket = ref fullAt[slot];
        while (true)
        {
            var seen = Volatile.Read(ref bucket);
            var next = Math.Max(seen, now) + interval;
            if (next - now > interval * Math.Max(1, limit.Burst))
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref bucket, next, seen) == seen)
            {
                return true;
            }
        }
    }
}
