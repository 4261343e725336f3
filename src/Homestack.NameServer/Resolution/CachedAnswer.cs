using System.Buffers.Binary;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Resolution;

/// <summary>An answer as it goes out behind a question: compressed against the question, with the places of its TTLs.</summary>
internal sealed class CachedAnswer
{
    public const uint StaleTtlSeconds = 30;
    private const int MaxLength = 60_000;

    private readonly byte[] body;
    private readonly int[] ttlPlaces;
    private int isRefreshing;

    private CachedAnswer(UpstreamReply reply, byte[] name, byte[] body, int[] ttlPlaces, long storedAt)
    {
        Reply = reply with { Answers = [], Authorities = [] };
        Answers = (ushort)reply.Answers.Count;
        Authorities = (ushort)reply.Authorities.Count;
        NameLength = name.Length;
        this.body = body;
        this.ttlPlaces = ttlPlaces;
        StoredAt = storedAt;
    }

    /// <summary>Code, AD and TTL; its records are in the body.</summary>
    public UpstreamReply Reply { get; }

    public ushort Answers { get; }

    public ushort Authorities { get; }

    public int NameLength { get; }

    /// <summary>A timestamp of the time provider.</summary>
    public long StoredAt { get; }

    /// <summary>Set by each hit, cleared by the eviction that spares it once.</summary>
    public bool WasUsed { get; set; }

    /// <summary>Until when an answer past its time is given without asking again: a timestamp.</summary>
    public long RetryAt { get; set; }

    /// <summary>True for the first caller only.</summary>
    public bool TryBeginRefresh() => Volatile.Read(ref isRefreshing) == 0 && Interlocked.Exchange(ref isRefreshing, 1) == 0;

    /// <returns>Null when the records do not fit into a message.</returns>
    public static CachedAnswer? Create(byte[] name, UpstreamReply reply, long storedAt)
    {
        var size = reply.Answers.Concat(reply.Authorities).Sum(record => record.Owner.Length + 10 + record.Value.Length);
        if (size > MaxLength)
        {
            return null;
        }

        var start = QueryReader.HeaderLength + name.Length + 4;
        var message = new byte[start + size];
        name.CopyTo(message, QueryReader.HeaderLength);
        var compressor = new NameCompressor(stackalloc ushort[NameCompressor.MaxPlaces]);
        compressor.Remember(message, QueryReader.HeaderLength);
        var places = new List<int>();
        var position = start;
        foreach (var record in reply.Answers.Concat(reply.Authorities))
        {
            position = Write(message, position, record, ref compressor);
            places.Add(position);
            position = WriteValue(message, position, record, ref compressor);
        }

        return new CachedAnswer(reply, name, message[start..position], [.. places.Select(place => place - start)], storedAt);
    }

    /// <summary>Copies the records into an answer to the same name.</summary>
    /// <param name="ageSeconds">Taken off each TTL.</param>
    public void Write(ref Reply output, uint ageSeconds, bool isStale)
    {
        output.Code = Reply.Code;
        if (!output.TryTake(body.Length, out var room))
        {
            return;
        }

        body.CopyTo(room);
        foreach (var place in ttlPlaces)
        {
            var ttl = BinaryPrimitives.ReadUInt32BigEndian(room[place..]);
            BinaryPrimitives.WriteUInt32BigEndian(room[place..], isStale ? StaleTtlSeconds : ttl > ageSeconds ? ttl - ageSeconds : 0);
        }

        output.Answers += Answers;
        output.Authorities += Authorities;
    }

    /// <summary>The records, for an answer that begins with other names.</summary>
    public IEnumerable<ResourceRecord> ReadAnswers(byte[] name)
    {
        var start = QueryReader.HeaderLength + name.Length + 4;
        var message = new byte[start + body.Length];
        name.CopyTo(message, QueryReader.HeaderLength);
        body.CopyTo(message, start);
        for (int count = Answers, position = start; count > 0 && RecordReader.Read(message, ref position, out _) is { } record; count--)
        {
            yield return record;
        }
    }

    private static int Write(Span<byte> message, int position, ResourceRecord record, ref NameCompressor compressor)
    {
        position += compressor.Write(message, position, record.Owner);
        BinaryPrimitives.WriteUInt16BigEndian(message[position..], (ushort)record.Type);
        BinaryPrimitives.WriteUInt16BigEndian(message[(position + 2)..], 1);
        return position + 4;
    }

    private static int WriteValue(Span<byte> message, int position, ResourceRecord record, ref NameCompressor compressor)
    {
        BinaryPrimitives.WriteUInt32BigEndian(message[position..], Math.Min(record.TtlSeconds, ReplyReader.MaxTtlSeconds));
        var start = position + 6;
        var end = start;
        if (record.Type is RecordType.Cname or RecordType.Ns or RecordType.Ptr)
        {
            end += compressor.Write(message, start, record.Value);
        }
        else
        {
            record.Value.CopyTo(message[start..]);
            end += record.Value.Length;
        }

        BinaryPrimitives.WriteUInt16BigEndian(message[(position + 4)..], (ushort)(end - start));
        return end;
    }
}
