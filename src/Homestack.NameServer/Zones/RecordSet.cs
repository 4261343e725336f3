using System.Buffers.Binary;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Zones;

/// <summary>All records of one name and type, ready to be copied into an answer.</summary>
/// <remarks>Each record begins with a compression pointer to byte 12, where the name of the question stands in every message; another owner is patched in.</remarks>
internal sealed class RecordSet
{
    private const int FixedLength = 12;
    private const ushort QuestionPointer = 0xC000 | QueryReader.HeaderLength;

    private readonly byte[] bytes;

    public RecordSet(RecordType type, uint ttlSeconds, IReadOnlyList<byte[]> values)
    {
        Type = type;
        Count = (ushort)values.Count;
        bytes = [.. values.SelectMany(value => Record(type, ttlSeconds, value))];
        Target = type == RecordType.Cname ? values[0] : [];
        TargetHash = NameHash.Compute(Target, 0);
    }

    public RecordType Type { get; }

    public ushort Count { get; }

    /// <summary>Where a CNAME points; empty for other types.</summary>
    public byte[] Target { get; }

    public ulong TargetHash { get; }

    /// <summary>Copies the records to the answer.</summary>
    /// <param name="owner">Where their name stands in the message.</param>
    /// <param name="valueOffset">Where the value of the last record begins.</param>
    public bool TryWrite(ref Reply reply, int owner, out int valueOffset)
    {
        valueOffset = reply.Length + FixedLength;
        if (!reply.TryTake(bytes.Length, out var room))
        {
            return false;
        }

        bytes.CopyTo(room);
        for (var rest = room; owner != QueryReader.HeaderLength && rest.Length > 0;)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)(0xC000 | owner));
            rest = rest[(FixedLength + BinaryPrimitives.ReadUInt16BigEndian(rest[10..]))..];
        }

        return true;
    }

    private static byte[] Record(RecordType type, uint ttlSeconds, byte[] value)
    {
        var record = new byte[FixedLength + value.Length];
        BinaryPrimitives.WriteUInt16BigEndian(record, QuestionPointer);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(2), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(6), ttlSeconds);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(10), (ushort)value.Length);
        value.CopyTo(record, FixedLength);
        return record;
    }
}
