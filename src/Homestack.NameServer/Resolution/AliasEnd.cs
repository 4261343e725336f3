using System.Buffers.Binary;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer.Resolution;

/// <summary>Puts an upstream's answer behind what our zones already wrote.</summary>
internal static class AliasEnd
{
    /// <param name="asked">The name that the upstream was asked for.</param>
    /// <param name="name">The name that the client asked for; the same when no alias of ours leads away from it.</param>
    public static void Write(CachedAnswer answer, byte[] asked, ReadOnlySpan<byte> name, uint ageSeconds, bool isStale, ref Reply reply)
    {
        if (name.SequenceEqual(asked))
        {
            answer.Write(ref reply, ageSeconds, isStale);
            return;
        }

        reply.Code = answer.Reply.Code;
        foreach (var record in answer.ReadAnswers(asked))
        {
            if (!reply.TryTake(record.Owner.Length + 10 + record.Value.Length, out var room))
            {
                return;
            }

            record.Owner.CopyTo(room);
            room = room[record.Owner.Length..];
            BinaryPrimitives.WriteUInt16BigEndian(room, (ushort)record.Type);
            BinaryPrimitives.WriteUInt16BigEndian(room[2..], 1);
            BinaryPrimitives.WriteUInt32BigEndian(room[4..], isStale ? CachedAnswer.StaleTtlSeconds : record.TtlSeconds > ageSeconds ? record.TtlSeconds - ageSeconds : 0);
            BinaryPrimitives.WriteUInt16BigEndian(room[8..], (ushort)record.Value.Length);
            record.Value.CopyTo(room[10..]);
            reply.Answers++;
        }
    }
}
