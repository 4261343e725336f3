using System.Buffers.Binary;

namespace Homestack.NameServer.Wire;

/// <summary>An answer while it is written: header, the question as the client spelled it, records, and OPT when the client sent one.</summary>
/// <remarks>
/// The caller writes records from <see cref="Length"/> and counts them. <see cref="Finish"/> makes the header; an answer over the limit goes out
/// without records and with TC, so that the client asks again over TCP.
/// <para>Source: RFC 1035 §4.1.1; RFC 2181 §9 (TC); RFC 6891 §6.1.1.</para>
/// </remarks>
internal ref struct Reply
{
    public const int OptLength = 11;
    private const int OptionHead = 4;

    private readonly ReadOnlySpan<byte> packet;
    private readonly Query query;
    private readonly ReadOnlySpan<byte> cookie;

    /// <summary>Bytes that the client takes.</summary>
    private readonly int limit;

    /// <param name="cookie">What the client is given as its cookie; empty for none.</param>
    public Reply(ReadOnlySpan<byte> packet, in Query query, int limit, Span<byte> output, ReadOnlySpan<byte> cookie = default)
    {
        this.cookie = cookie;
        this.packet = packet;
        this.query = query;
        Output = output;
        this.limit = Math.Min(limit, output.Length);
        packet[QueryReader.HeaderLength..Math.Max(query.QuestionEnd, QueryReader.HeaderLength)].CopyTo(output[QueryReader.HeaderLength..]);
        Length = Math.Max(query.QuestionEnd, QueryReader.HeaderLength);
    }

    public readonly Span<byte> Output { get; }

    /// <summary>Bytes written so far.</summary>
    public int Length;

    public ushort Answers;
    public ushort Authorities;
    public ResponseCode Code;

    /// <summary>AA: the answer comes from a zone of ours.</summary>
    public bool IsAuthoritative;

    /// <summary>AD: the answer was validated by an upstream over an encrypted connection.</summary>
    public bool IsAuthentic;

    /// <summary>RA: this client may ask for names that are not ours.</summary>
    public bool OffersRecursion;

    /// <summary>TC: some records did not fit.</summary>
    public bool IsTruncated;

    private readonly int OptRoom => !query.HasEdns ? 0 : OptLength + (cookie.IsEmpty ? 0 : OptionHead + cookie.Length);

    /// <summary>Takes room for a record.</summary>
    /// <returns>False when it does not fit; the answer is then truncated.</returns>
    public bool TryTake(int bytes, out Span<byte> room)
    {
        if (IsTruncated || Length + bytes > limit - OptRoom)
        {
            IsTruncated = true;
            room = default;
            return false;
        }

        room = Output.Slice(Length, bytes);
        Length += bytes;
        return true;
    }

    /// <returns>Bytes of the whole answer.</returns>
    public int Finish()
    {
        if (IsTruncated)
        {
            Length = Math.Max(query.QuestionEnd, QueryReader.HeaderLength);
            Answers = Authorities = 0;
        }

        var header = Output;
        header[0] = packet[0];
        header[1] = packet[1];
        header[2] = (byte)(0x80 | (packet[2] & 0x79) | (IsAuthoritative ? 0x04 : 0) | (IsTruncated ? 0x02 : 0));
        header[3] = (byte)((OffersRecursion ? 0x80 : 0) | (IsAuthentic ? 0x20 : 0) | (packet[3] & 0x10) | ((int)Code & 0x0F));
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)(query.NameLength > 0 ? 1 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], Answers);
        BinaryPrimitives.WriteUInt16BigEndian(header[8..], Authorities);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], (ushort)(query.HasEdns ? 1 : 0));
        return query.HasEdns ? Length + WriteOpt(header[Length..]) : Length;
    }

    private readonly int WriteOpt(Span<byte> room)
    {
        room[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)RecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(room[3..], Query.MaxPayload);
        room[5] = (byte)((int)Code >> 4);
        room[6] = 0;
        room[7] = (byte)(query.WantsDnssec ? 0x80 : 0);
        room[8] = room[9] = room[10] = 0;
        if (!cookie.IsEmpty)
        {
            BinaryPrimitives.WriteUInt16BigEndian(room[9..], (ushort)(OptionHead + cookie.Length));
            BinaryPrimitives.WriteUInt16BigEndian(room[OptLength..], QueryReader.CookieOption);
            BinaryPrimitives.WriteUInt16BigEndian(room[(OptLength + 2)..], (ushort)cookie.Length);
            cookie.CopyTo(room[(OptLength + OptionHead)..]);
        }

        return OptRoom;
    }
}
