using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Homestack.NameServer.Clients;

/// <summary>Makes and checks the cookies by which a client shows that it is where its packets say.</summary>
/// <remarks>
/// Version, three zero bytes, the second it was made in, and eight bytes of a keyed hash of all that, the client's own part and its address. RFC 9018 takes
/// SipHash-2-4 for the hash, which the platform does not have; ours is HMAC-SHA256, cut, as RFC 7873 appendix B.2 allows, and the version says so. Keys are random, and change each day.
/// <para>Source: RFC 7873 §4, §5.2, §7; RFC 9018 §4.2 (form), §4.3 (an hour, five minutes).</para>
/// </remarks>
internal sealed class ServerCookies(TimeProvider time)
{
    public const int ClientLength = 8;
    public const int ServerLength = 16;
    public const int Length = ClientLength + ServerLength;

    /// <summary>Not 1, which means SipHash.</summary>
    private const byte Version = 0xF1;
    private const int SignedServerLength = 8;
    private const int MaxAge = 3600;
    private const int MaxAhead = 300;
    private static readonly TimeSpan KeyLife = TimeSpan.FromDays(1);

    private volatile Keys keys = new(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), time.GetTimestamp());

    /// <summary>Writes the client's part and a new part of ours.</summary>
    /// <param name="given">At least the client's part.</param>
    public void Write(ReadOnlySpan<byte> given, in ClientAddress client, Span<byte> cookie)
    {
        given[..ClientLength].CopyTo(cookie);
        var ours = cookie[ClientLength..];
        ours[0] = Version;
        ours[1..4].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(ours[4..], Now());
        Sign(Current().New, cookie[..(ClientLength + SignedServerLength)], client, ours[SignedServerLength..]);
    }

    /// <summary>Whether we gave this cookie to this address, not too long ago.</summary>
    public bool IsOurs(ReadOnlySpan<byte> cookie, in ClientAddress client)
    {
        if (cookie.Length != Length || cookie[ClientLength] != Version)
        {
            return false;
        }

        // Serial arithmetic (RFC 1982): the number of seconds begins again in 2106.
        var age = (int)(Now() - BinaryPrimitives.ReadUInt32BigEndian(cookie[(ClientLength + 4)..]));
        if (age is > MaxAge or < -MaxAhead)
        {
            return false;
        }

        var signed = cookie[..(ClientLength + SignedServerLength)];
        Span<byte> expected = stackalloc byte[8];
        var known = Current();
        Sign(known.New, signed, client, expected);
        if (CryptographicOperations.FixedTimeEquals(expected, cookie[^8..]))
        {
            return true;
        }

        Sign(known.Old, signed, client, expected);
        return CryptographicOperations.FixedTimeEquals(expected, cookie[^8..]);
    }

    private static void Sign(byte[] key, ReadOnlySpan<byte> signed, in ClientAddress client, Span<byte> hash)
    {
        Span<byte> text = stackalloc byte[ClientLength + SignedServerLength + 17];
        signed.CopyTo(text);
        var address = text[signed.Length..];
        address[0] = (byte)(client.IsIPv4 ? 4 : 6);
        BinaryPrimitives.WriteUInt64BigEndian(address[1..], client.High);
        BinaryPrimitives.WriteUInt64BigEndian(address[9..], client.Low);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text, whole);
        whole[..8].CopyTo(hash);
    }

    private uint Now() => (uint)time.GetUtcNow().ToUnixTimeSeconds();

    private Keys Current()
    {
        var known = keys;
        if (time.GetElapsedTime(known.Since) > KeyLife)
        {
            var next = new Keys(RandomNumberGenerator.GetBytes(32), known.New, time.GetTimestamp());
            known = Interlocked.CompareExchange(ref keys, next, known) == known ? next : keys;
        }

        return known;
    }

    /// <param name="New">Signs, and is accepted.</param>
    /// <param name="Old">Is accepted.</param>
    /// <param name="Since">A timestamp.</param>
    private sealed record Keys(byte[] New, byte[] Old, long Since);
}
