using Homestack.NameServer.Clients;

namespace Homestack.NameServer;

/// <summary>The last questions, in memory of fixed size; writing allocates nothing and never waits.</summary>
/// <remarks>Each slot has a sequence number that is odd while it is written: a reader drops what changed under its eyes.</remarks>
internal sealed class QueryLog
{
    /// <summary>Bytes of a name that are kept; of a longer name the end is kept.</summary>
    private const int NameRoom = 64;

    private readonly Entry[] entries;
    private readonly byte[] names;
    private readonly int mask;
    private readonly TimeProvider time;
    private long next;

    /// <param name="capacity">Rounded up to a power of two; 0: nothing is kept.</param>
    public QueryLog(int capacity, TimeProvider time)
    {
        var size = capacity <= 0 ? 0 : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity);
        entries = new Entry[size];
        names = new byte[size * NameRoom];
        mask = size - 1;
        this.time = time;
    }

    public void Write(QueryLogLevel level, in ClientAddress client, int view, ReadOnlySpan<byte> name, RecordType type, ResponseCode code, AnswerSource source)
    {
        if (entries.Length == 0 || level == QueryLogLevel.Off)
        {
            return;
        }

        var number = Interlocked.Increment(ref next) - 1;
        var slot = (int)number & mask;
        ref var entry = ref entries[slot];
        var sequence = Interlocked.Increment(ref entry.Sequence);
        if ((sequence & 1) == 0)
        {
            // Another writer is a whole ring behind and still here: leave the slot to it.
            Interlocked.Decrement(ref entry.Sequence);
            return;
        }

        while (name.Length > NameRoom)
        {
            name = name[(1 + name[0])..];
        }

        name.CopyTo(names.AsSpan(slot * NameRoom));
        entry.Timestamp = time.GetTimestamp();
        entry.HasClient = level == QueryLogLevel.Full;
        entry.Client = entry.HasClient ? client : default;
        entry.Number = number;
        entry.View = (short)view;
        entry.Type = type;
        entry.Code = (byte)code;
        entry.Source = source;
        entry.NameLength = (byte)name.Length;
        Interlocked.Increment(ref entry.Sequence);
    }

    /// <summary>Forgets everything that was written.</summary>
    /// <remarks>A question that is being written at this moment may stay.</remarks>
    public void Clear()
    {
        for (var slot = 0; slot < entries.Length; slot++)
        {
            ref var entry = ref entries[slot];
            if ((Interlocked.Increment(ref entry.Sequence) & 1) == 0)
            {
                Interlocked.Decrement(ref entry.Sequence);
                continue;
            }

            names.AsSpan(slot * NameRoom, NameRoom).Clear();
            entry.NameLength = 0;
            entry.HasClient = false;
            entry.Client = default;
            Interlocked.Increment(ref entry.Sequence);
        }
    }

    /// <summary>The newest questions, newest first.</summary>
    public IReadOnlyList<LoggedQuery> Read(int count, IReadOnlyList<View> views)
    {
        var found = new List<LoggedQuery>();
        var nowStamp = time.GetTimestamp();
        var now = time.GetUtcNow();
        Span<byte> name = stackalloc byte[NameRoom];
        var newest = Volatile.Read(ref next);
        for (var number = newest - 1; number >= 0 && number > newest - 1 - entries.Length && found.Count < count; number--)
        {
            var slot = (int)number & mask;
            var before = Volatile.Read(ref entries[slot].Sequence);
            var entry = entries[slot];
            names.AsSpan(slot * NameRoom, NameRoom).CopyTo(name);
            Interlocked.MemoryBarrier();
            if ((before & 1) == 0 && before == Volatile.Read(ref entries[slot].Sequence) && entry.Number == number && entry.NameLength > 0)
            {
                found.Add(new LoggedQuery(
                    now - time.GetElapsedTime(entry.Timestamp, nowStamp),
                    entry.HasClient ? entry.Client.ToAddress() : null,
                    entry.View >= 0 && entry.View < views.Count ? views[entry.View].Name : "",
                    DnsName.FromWire(name[..entry.NameLength]),
                    entry.Type,
                    (ResponseCode)entry.Code,
                    entry.Source));
            }
        }

        return found;
    }

    private struct Entry
    {
        public int Sequence;
        public long Number;
        public long Timestamp;
        public ClientAddress Client;
        public bool HasClient;
        public RecordType Type;
        public short View;
        public byte Code;
        public byte NameLength;
        public AnswerSource Source;
    }
}
