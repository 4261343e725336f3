using System.Buffers.Binary;
using System.Security.Cryptography;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Upstreams;

/// <summary>A question to an upstream, and what its answer must repeat.</summary>
/// <remarks><para>Source: RFC 5452 §9 (id, port); draft-vixie-dnsext-dns0x20 (random case).</para></remarks>
internal sealed class UpstreamQuery
{
    private readonly int questionEnd;

    private UpstreamQuery(byte[] packet, int questionEnd)
    {
        Packet = packet;
        this.questionEnd = questionEnd;
    }

    public byte[] Packet { get; }

    /// <param name="name">Lower case.</param>
    public static UpstreamQuery Create(ReadOnlySpan<byte> name, RecordType type, bool wantsDnssec, bool hasRandomId, bool hasRandomCase)
    {
        var packet = new byte[QueryReader.HeaderLength + name.Length + 4 + Reply.OptLength];
        if (hasRandomId)
        {
            RandomNumberGenerator.Fill(packet.AsSpan(0, 2));
        }

        packet[2] = 0x01;
        packet[3] = 0x20;
        packet[5] = packet[11] = 1;
        name.CopyTo(packet.AsSpan(QueryReader.HeaderLength));
        if (hasRandomCase)
        {
            MixCase(packet.AsSpan(QueryReader.HeaderLength, name.Length));
        }

        var end = QueryReader.HeaderLength + name.Length;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end), (ushort)type);
        packet[end + 3] = 1;
        packet[end + 6] = (byte)RecordType.Opt;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(end + 7), Query.MaxPayload);
        packet[end + 11] = (byte)(wantsDnssec ? 0x80 : 0);
        return new UpstreamQuery(packet, end + 4);
    }

    /// <summary>Whether a message is an answer to this very question: id, question and the case of its letters.</summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> message) =>
        message.Length >= questionEnd
        && message[0] == Packet[0] && message[1] == Packet[1]
        && (message[2] & 0xF8) == 0x80
        && BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == 1
        && message[QueryReader.HeaderLength..questionEnd].SequenceEqual(Packet.AsSpan(QueryReader.HeaderLength, questionEnd - QueryReader.HeaderLength));

    private static void MixCase(Span<byte> name)
    {
        Span<byte> coins = stackalloc byte[name.Length];
        RandomNumberGenerator.Fill(coins);
        for (var index = 0; index < name.Length; index++)
        {
            if (name[index] is >= (byte)'a' and <= (byte)'z' && (coins[index] & 1) != 0)
            {
                name[index] ^= 0x20;
            }
        }
    }
}
