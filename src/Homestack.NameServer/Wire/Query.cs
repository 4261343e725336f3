namespace Homestack.NameServer.Wire;

/// <summary>What a client asked, as far as the answer depends on it.</summary>
/// <remarks>The name itself is in the buffer given to <see cref="QueryReader"/>, in lower case; as the client wrote it, it is in the packet from byte 12.</remarks>
internal struct Query
{
    /// <summary>The largest answer over UDP, whatever the client offers: it passes every link unfragmented.</summary>
    public const int MaxPayload = 1232;

    /// <summary>The largest answer to a client that sends no OPT record.</summary>
    public const int PlainPayload = 512;

    public RecordType Type;
    public ushort Class;

    /// <summary>Bytes of the name; the question ends four bytes after it.</summary>
    public int NameLength;

    /// <summary>Bytes of the largest answer over UDP, 512 to 1232.</summary>
    public int Payload;

    public bool HasEdns;

    /// <summary>Where in the packet the client's cookie is (RFC 7873 §4); without one, its length is 0.</summary>
    public int CookieStart;

    /// <summary>8, or 16 to 40 when it holds what a server gave.</summary>
    public int CookieLength;
    public bool WantsDnssec;
    public bool WantsRecursion;
    public bool WantsAuthenticity;

    /// <summary>The first byte behind the question; 0 when the question could not be read.</summary>
    public readonly int QuestionEnd => NameLength == 0 ? 0 : QueryReader.HeaderLength + NameLength + 4;
}
