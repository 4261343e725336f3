using System.Net;

namespace Homestack.NameServer.Tests;

/// <summary>An answer to a question, written record by record, without compression unless it is bent by hand.</summary>
internal sealed class FakeAnswer
{
    private readonly List<byte> bytes;
    private int lastPointed;

    private FakeAnswer(byte[] query)
    {
        var end = 12;
        while (query[end] != 0)
        {
            end += 1 + query[end];
        }

        bytes = [.. query[..(end + 5)]];
        bytes[2] = 0x81;
        bytes[3] = 0x80;
        bytes[11] = 0;
    }

    public byte[] Bytes => [.. bytes];

    public static FakeAnswer To(byte[] query) => new(query);

    public FakeAnswer Code(int code) => Set(3, (byte)(0x80 | code));

    public FakeAnswer Truncated() => Set(2, 0x83);

    public FakeAnswer Authentic() => Set(3, 0xA0);

    public FakeAnswer WrongId() => Set(0, (byte)~bytes[0]);

    public FakeAnswer OtherCase()
    {
        for (var at = 12; at < bytes.Count - 4; at++)
        {
            if (char.IsAsciiLetter((char)bytes[at]))
            {
                bytes[at] ^= 0x20;
            }
        }

        return this;
    }

    public FakeAnswer A(string owner, string address, uint ttl = 300) => Add(7, owner, IPAddress.Parse(address).GetAddressBytes() is { Length: 4 } ? 1 : 28, ttl, IPAddress.Parse(address).GetAddressBytes());

    public FakeAnswer Cname(string owner, string target, uint ttl = 300) => Add(7, owner, 5, ttl, Message.NameBytes(target));

    public FakeAnswer Mx(string owner, string target) => Add(7, owner, 15, 300, [0, 1, .. Message.NameBytes(target)]);

    public FakeAnswer Ns(string owner, string target) => Add(9, owner, 2, 86_400, Message.NameBytes(target));

    public FakeAnswer Glue(string owner, string address) => Add(11, owner, 1, 86_400, IPAddress.Parse(address).GetAddressBytes());

    public FakeAnswer Ptr(string owner, string target) => Add(7, owner, 12, 300, Message.NameBytes(target));

    public FakeAnswer Signature(string covered) => Add(7, covered, 46, 300, [0, 12, 8, 1, .. new byte[14], .. Message.NameBytes("test"), .. new byte[64]]);

    /// <summary>A PTR record whose owner is a pointer, and whose value is a label before a pointer to the value of the one before: a chain of pointers.</summary>
    public FakeAnswer Pointing()
    {
        var to = lastPointed == 0 ? 12 : lastPointed;
        bytes[7]++;
        bytes.AddRange([0xC0, 12, 0, 12, 0, 1, 0, 0, 1, 44, 0, 4]);
        lastPointed = bytes.Count;
        bytes.AddRange([1, (byte)'x', (byte)(0xC0 | (to >> 8)), (byte)to]);
        return this;
    }

    public FakeAnswer Soa(string owner, uint ttl = 300, uint minimum = 60) =>
        Add(9, owner, 6, ttl, [.. Message.NameBytes(owner), .. Message.NameBytes(owner), .. new byte[16], (byte)(minimum >> 24), (byte)(minimum >> 16), (byte)(minimum >> 8), (byte)minimum]);

    public FakeAnswer Set(int at, byte value)
    {
        bytes[at] = value;
        return this;
    }

    private FakeAnswer Add(int count, string owner, int type, uint ttl, byte[] value)
    {
        bytes[count]++;
        bytes.AddRange(Message.NameBytes(owner));
        bytes.AddRange([(byte)(type >> 8), (byte)type, 0, 1, (byte)(ttl >> 24), (byte)(ttl >> 16), (byte)(ttl >> 8), (byte)ttl, (byte)(value.Length >> 8), (byte)value.Length, .. value]);
        return this;
    }
}
