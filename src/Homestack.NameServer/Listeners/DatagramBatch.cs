using System.Runtime.InteropServices;
using Homestack.NameServer.Clients;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Listeners;

/// <summary>Room for several datagrams and their answers, outside the managed heap, so that the kernel can write to it.</summary>
/// <remarks>Used by one thread.</remarks>
internal sealed unsafe class DatagramBatch : IDisposable
{
    public const int Size = 32;

    /// <summary>Longer datagrams are cut off, and then they are malformed.</summary>
    private const int QueryRoom = 2048;

    /// <summary>sockaddr_in6.</summary>
    private const int AddressRoom = 28;
    private const int AddressOffsetIPv4 = 4;
    private const int AddressOffsetIPv6 = 8;
    private const ushort FamilyIPv4 = 2;

    private readonly byte* memory;
    private readonly LibC.MessageHeader* queries;
    private readonly LibC.MessageHeader* answers;
    private readonly byte* queryBytes;
    private readonly byte* answerBytes;
    private readonly byte* addresses;
    private int answerCount;

    public DatagramBatch()
    {
        var headers = Size * sizeof(LibC.MessageHeader);
        var segments = Size * sizeof(LibC.Segment);
        memory = (byte*)NativeMemory.AlignedAlloc((nuint)((2 * (headers + segments)) + (Size * (QueryRoom + Query.MaxPayload + AddressRoom))), 64);
        queries = (LibC.MessageHeader*)memory;
        answers = queries + Size;
        var querySegments = (LibC.Segment*)(answers + Size);
        var answerSegments = querySegments + Size;
        queryBytes = (byte*)(answerSegments + Size);
        answerBytes = queryBytes + (Size * QueryRoom);
        addresses = answerBytes + (Size * Query.MaxPayload);
        for (var index = 0; index < Size; index++)
        {
            querySegments[index] = new LibC.Segment { Start = queryBytes + (index * QueryRoom), Length = QueryRoom };
            queries[index] = new LibC.MessageHeader { Address = addresses + (index * AddressRoom), Segments = querySegments + index, SegmentCount = 1 };
            answers[index] = new LibC.MessageHeader { Segments = answerSegments + index, SegmentCount = 1 };
        }
    }

    /// <returns>Datagrams received, at least one; less than one: the socket failed or was shut down.</returns>
    public int Receive(SafeHandle socket)
    {
        for (var index = 0; index < Size; index++)
        {
            queries[index].AddressLength = AddressRoom;
        }

        answerCount = 0;
        return LibC.ReceiveMany(socket, queries, Size, LibC.WaitForOne, null);
    }

    public ReadOnlySpan<byte> QueryAt(int index) => new(queryBytes + (index * QueryRoom), (int)queries[index].Length);

    /// <summary>The peer as the kernel wrote it: sockaddr_in or sockaddr_in6.</summary>
    public ReadOnlySpan<byte> PeerAt(int index) => new(addresses + (index * AddressRoom), (int)queries[index].AddressLength);

    public ClientAddress ClientAt(int index)
    {
        var peer = addresses + (index * AddressRoom);
        return *(ushort*)peer == FamilyIPv4
            ? ClientAddress.FromIPv4(new ReadOnlySpan<byte>(peer + AddressOffsetIPv4, 4))
            : ClientAddress.FromIPv6(new ReadOnlySpan<byte>(peer + AddressOffsetIPv6, 16));
    }

    /// <summary>Room for the answer to a datagram.</summary>
    public Span<byte> AnswerRoomAt(int index) => new(answerBytes + (index * Query.MaxPayload), Query.MaxPayload);

    public void AddAnswer(int index, int length)
    {
        ref var answer = ref answers[answerCount++];
        answer.Address = queries[index].Address;
        answer.AddressLength = queries[index].AddressLength;
        answer.Segments->Start = answerBytes + (index * Query.MaxPayload);
        answer.Segments->Length = (nuint)length;
    }

    /// <summary>Sends what was added. An answer that the kernel refuses (no route back, full buffer) is dropped, as any datagram may be.</summary>
    public void Send(SafeHandle socket)
    {
        for (var sent = 0; sent < answerCount;)
        {
            var count = LibC.SendMany(socket, answers + sent, (uint)(answerCount - sent), 0);
            sent += count > 0 ? count : 1;
        }
    }

    public void Dispose() => NativeMemory.AlignedFree(memory);
}
