using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Zones;

/// <summary>How a look into our zones ended.</summary>
internal enum ZoneOutcome
{
    /// <summary>The name is in no zone of ours.</summary>
    NotOurs,

    /// <summary>The answer is written and complete.</summary>
    Answered,

    /// <summary>Aliases are written; the last one points out of our zones.</summary>
    LeavesZones,
}

/// <summary>Answers from the zones of one view.</summary>
/// <remarks><para>Source: RFC 1034 §4.3.2; RFC 4592 §3.3 (wildcards); RFC 2308 §2 (negative answers); RFC 6604 (the code at the end of a chain); RFC 8482 §4.1 (ANY).</para></remarks>
internal sealed class ZoneAnswerer(NameIndex index)
{
    /// <summary>Aliases that are followed in one answer; a longer chain ends there, a loop before it would begin again.</summary>
    public const int MaxAliases = 8;

    /// <param name="name">The name asked for, lower case.</param>
    /// <param name="hash">Its hash with seed 0.</param>
    /// <param name="target">When the answer leaves our zones: the name to go on with.</param>
    public ZoneOutcome Answer(ReadOnlySpan<byte> name, ulong hash, RecordType type, ref Reply reply, out byte[] target)
    {
        target = [];
        var owner = QueryReader.HeaderLength;
        Span<ulong> followed = stackalloc ulong[MaxAliases];
        for (var aliases = 0; ; aliases++)
        {
            var node = index.Find(name, hash) ?? index.FindEncloser(name);
            if (node?.Zone is not { } zone)
            {
                return aliases == 0 ? ZoneOutcome.NotOurs : ZoneOutcome.LeavesZones;
            }

            reply.IsAuthoritative = true;
            if (node.Name.Length != name.Length)
            {
                node = node.Wildcard;
                if (node is null)
                {
                    reply.Code = ResponseCode.NameError;
                    WriteNegative(zone, name, owner, ref reply);
                    return ZoneOutcome.Answered;
                }
            }

            var set = type == RecordType.Any && node.Sets.Length > 0 ? node.Sets[0] : node.Find(type);
            if (set is not null)
            {
                if (set.TryWrite(ref reply, owner, out _))
                {
                    reply.Answers += set.Count;
                }

                return ZoneOutcome.Answered;
            }

            var alias = node.Sets.Length > 0 && node.Sets[0].Type == RecordType.Cname ? node.Sets[0] : null;
            if (alias is null)
            {
                WriteNegative(zone, name, owner, ref reply);
                return ZoneOutcome.Answered;
            }

            if (aliases == MaxAliases || followed[..aliases].Contains(hash) || !alias.TryWrite(ref reply, owner, out owner))
            {
                return ZoneOutcome.Answered;
            }

            reply.Answers++;
            followed[aliases] = hash;
            target = alias.Target;
            name = target;
            hash = alias.TargetHash;
        }
    }

    /// <summary>The SOA of the zone; its owner is the end of the name that was looked for.</summary>
    private static void WriteNegative(ZoneHead zone, ReadOnlySpan<byte> name, int owner, ref Reply reply)
    {
        if (zone.Negative.TryWrite(ref reply, owner + name.Length - zone.Apex.Length, out _))
        {
            reply.Authorities++;
        }
    }
}
