using System.Buffers.Binary;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Resolution;

/// <summary>Takes from an upstream's message what answers the question, and nothing else.</summary>
/// <remarks>
/// Only the chain of aliases that begins at the name asked for, and the records at its end; of the authority section the SOA of a zone that holds
/// the last name. The additional section is never looked at.
/// <para>Source: RFC 5452 §6 (in bailiwick); RFC 2308 §5; RFC 2181 §5.4.1; RFC 8767 §4 (TTL bounds).</para>
/// </remarks>
internal static class ReplyReader
{
    public const uint MaxTtlSeconds = 86_400;
    public const uint MaxNegativeTtlSeconds = 3600;
    private const uint NoSoaTtlSeconds = 30;
    private const int MaxRecords = 400;
    private const int MaxAliases = 12;

    /// <param name="message">Already known to repeat the question.</param>
    /// <param name="name">The name asked for, lower case.</param>
    /// <returns>Null when the message is malformed.</returns>
    public static UpstreamReply? Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, RecordType type, bool wantsDnssec, bool allowsPrivate)
    {
        if (message.Length < QueryReader.HeaderLength + name.Length + 4)
        {
            return null;
        }

        var answerCount = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        var authorityCount = BinaryPrimitives.ReadUInt16BigEndian(message[8..]);
        var position = QueryReader.HeaderLength + name.Length + 4;
        if (answerCount + authorityCount > MaxRecords
            || ReadSection(message, ref position, answerCount) is not { } answers
            || ReadSection(message, ref position, authorityCount) is not { } authorities)
        {
            return null;
        }

        var code = (ResponseCode)(message[3] & 0x0F);
        var last = name.ToArray();
        var chain = Chain(answers, ref last, type, wantsDnssec);
        if (!allowsPrivate)
        {
            chain.RemoveAll(record => PrivateAddresses.Holds(record.Type, record.Value));
        }

        var hasAnswer = chain.Exists(record => record.Type == type || type == RecordType.Any);
        var negative = hasAnswer ? [] : Negative(authorities, last, wantsDnssec);
        return new UpstreamReply(code, (message[3] & 0x20) != 0, chain, negative, Ttl(chain, negative, hasAnswer));
    }

    private static List<ResourceRecord>? ReadSection(ReadOnlySpan<byte> message, ref int position, int count)
    {
        var records = new List<ResourceRecord>(Math.Min(count, MaxRecords));
        for (; count > 0; count--)
        {
            if (RecordReader.Read(message, ref position, out var recordClass) is not { } record)
            {
                return null;
            }

            if (recordClass == 1)
            {
                records.Add(record);
            }
        }

        return records;
    }

    private static List<ResourceRecord> Chain(List<ResourceRecord> answers, ref byte[] name, RecordType type, bool wantsDnssec)
    {
        var chain = new List<ResourceRecord>();
        for (var aliases = 0; aliases <= MaxAliases; aliases++)
        {
            var owner = name;
            var own = answers.Where(record => record.Owner.AsSpan().SequenceEqual(owner)).ToList();
            var direct = own.Where(record => record.Type == type).ToList();
            var alias = direct.Count == 0 ? own.Find(record => record.Type == RecordType.Cname) : null;
            chain.AddRange(alias is null ? direct : [alias]);
            if (wantsDnssec)
            {
                var covered = alias is null ? type : RecordType.Cname;
                chain.AddRange(own.Where(record => record.Type == RecordType.Rrsig && type != RecordType.Rrsig && record.Value.Length > 18
                    && BinaryPrimitives.ReadUInt16BigEndian(record.Value) == (ushort)covered));
            }

            if (alias is null)
            {
                break;
            }

            name = alias.Value;
        }

        return chain;
    }

    private static List<ResourceRecord> Negative(List<ResourceRecord> authorities, byte[] name, bool wantsDnssec)
    {
        var soa = authorities.Find(record => record.Type == RecordType.Soa && WireName.IsWithin(name, record.Owner));
        return soa is null ? [] : [soa, .. authorities.Where(record => wantsDnssec
            && record.Type is RecordType.Rrsig or RecordType.Nsec or RecordType.Nsec3 && WireName.IsWithin(record.Owner, soa.Owner))];
    }

    private static uint Ttl(List<ResourceRecord> chain, List<ResourceRecord> negative, bool hasAnswer)
    {
        var ttl = chain.Count == 0 ? MaxTtlSeconds : Math.Min(MaxTtlSeconds, chain.Min(record => record.TtlSeconds));
        if (hasAnswer)
        {
            return ttl;
        }

        var bound = negative.Count == 0 ? NoSoaTtlSeconds : Math.Min(negative[0].TtlSeconds, BinaryPrimitives.ReadUInt32BigEndian(negative[0].Value.AsSpan(negative[0].Value.Length - 4)));
        return Math.Min(Math.Min(ttl, bound), MaxNegativeTtlSeconds);
    }
}
