using Homestack.NameServer.Wire;
using Homestack.NameServer.Zones;

namespace Homestack.NameServer;

/// <summary>Answers that are the same for every name.</summary>
internal static class FixedAnswers
{
    private static readonly RecordSet BlockedSoa = new(RecordType.Soa, 60, [RecordText.ToWire(RecordType.Soa, "blocked.invalid hostmaster.invalid 1 3600 600 86400 60")]);
    private static readonly RecordSet MinimalAny = new(RecordType.Hinfo, 3600, [[7, (byte)'R', (byte)'F', (byte)'C', (byte)'8', (byte)'4', (byte)'8', (byte)'2', 0]]);

    /// <summary>NXDOMAIN with a SOA at the name itself, so that it is remembered for a minute.</summary>
    public static void WriteBlocked(ref Reply reply)
    {
        reply.Code = ResponseCode.NameError;
        reply.Authorities += (ushort)(BlockedSoa.TryWrite(ref reply, QueryReader.HeaderLength, out _) ? 1 : 0);
    }

    /// <summary>HINFO "RFC8482" in place of everything that a name has (RFC 8482 §4.2).</summary>
    public static void WriteAny(ref Reply reply) => reply.Answers += (ushort)(MinimalAny.TryWrite(ref reply, QueryReader.HeaderLength, out _) ? 1 : 0);
}
