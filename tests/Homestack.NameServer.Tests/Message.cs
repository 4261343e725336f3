using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Homestack.NameServer.Tests;

/// <summary>A message as the tests read and write it; shares no code with the library.</summary>
internal sealed record Message(byte[] Bytes)
{
    public ushort Id => Word(0);
    public int Code => (Bytes[3] & 15) | (Records(11).Where(record => record.Type == 41).Select(record => (int)(record.Ttl >> 24)).FirstOrDefault() << 4);
    public bool IsAuthoritative => (Bytes[2] & 4) != 0;
    public bool IsTruncated => (Bytes[2] & 2) != 0;
    public bool IsAuthentic => (Bytes[3] & 0x20) != 0;
    public bool OffersRecursion => (Bytes[3] & 0x80) != 0;
    public bool HasOpt => Records(11).Any(record => record.Type == 41);

    /// <summary>Question as it was spelled.</summary>
    public string Question => Name(12, out _);

    public List<Record> Answers => Records(7);
    public List<Record> Authorities => Records(9);

    /// <summary>"owner TYPE value" of each answer, sorted.</summary>
    public string[] AnswerSet => [.. Answers.Select(record => record.ToString()).Order(StringComparer.Ordinal)];

    public sealed record Record(string Owner, int Type, uint Ttl, string Value)
    {
        public override string ToString() => $"{Owner.ToLowerInvariant()} {Type} {Value.ToLowerInvariant()}";
    }

    public static byte[] Query(string name, int type, int id = 4711, int? payload = 1232, bool dnssec = false, bool recurse = true, byte version = 0)
    {
        var bytes = new List<byte> { (byte)(id >> 8), (byte)id, (byte)(recurse ? 1 : 0), 0, 0, 1, 0, 0, 0, 0, 0, (byte)(payload is null ? 0 : 1) };
        bytes.AddRange(NameBytes(name));
        bytes.AddRange([(byte)(type >> 8), (byte)type, 0, 1]);
        if (payload is { } size)
        {
            bytes.AddRange([0, 0, 41, (byte)(size >> 8), (byte)size, 0, version, (byte)(dnssec ? 0x80 : 0), 0, 0, 0]);
        }

        return [.. bytes];
    }

    public static byte[] NameBytes(string name) =>
        [.. name.TrimEnd('.').Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => Encoding.Latin1.GetBytes(label).Prepend((byte)label.Length)), 0];

    private ushort Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(at));

    /// <summary>The section whose count ends at a byte: 7 answers, 9 authorities, 11 additional.</summary>
    private List<Record> Records(int section)
    {
        var at = 12;
        for (var count = Word(4); count > 0; count--)
        {
            Name(at, out at);
            at += 4;
        }

        var found = new List<Record>();
        for (var current = 7; current <= section; current += 2)
        {
            for (var count = Word(current - 1); count > 0; count--)
            {
                var owner = Name(at, out at);
                var length = Word(at + 8);
                if (current == section)
                {
                    found.Add(new Record(owner, Word(at), BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(at + 4)), Value(Word(at), at + 10, length)));
                }

                at += 10 + length;
            }
        }

        if (section == 11)
        {
            Assert.Equal(Bytes.Length, at);
        }

        return found;
    }

    private string Value(int type, int at, int length) => type switch
    {
        1 or 28 => new IPAddress(Bytes.AsSpan(at, length)).ToString(),
        2 or 5 or 12 => Name(at, out _),
        15 => $"{Word(at)} {Name(at + 2, out _)}",
        33 => $"{Word(at)} {Word(at + 2)} {Word(at + 4)} {Name(at + 6, out _)}",
        6 => $"{Name(at, out var next)} {Name(next, out next)} {BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(next + 16))}",
        _ => Convert.ToHexString(Bytes.AsSpan(at, length)),
    };

    private string Name(int at, out int next)
    {
        var labels = new List<string>();
        next = -1;
        for (var steps = 0; Bytes[at] != 0; steps++)
        {
            Assert.True(steps < 128, "A name that loops.");
            if (Bytes[at] >= 0xC0)
            {
                next = next < 0 ? at + 2 : next;
                at = Word(at) & 0x3FFF;
                continue;
            }

            labels.Add(Encoding.Latin1.GetString(Bytes, at + 1, Bytes[at]));
            at += 1 + Bytes[at];
        }

        next = next < 0 ? at + 1 : next;
        return string.Join('.', labels) + ".";
    }
}
