using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Homestack.NameServer.Wire;

/// <summary>A 64-bit hash of a name in lower case, fast for the twenty bytes that most names have.</summary>
/// <remarks>Not cryptographic. A table that strangers fill passes a random seed.</remarks>
internal static class NameHash
{
    private const ulong First = 0x9E37_79B9_7F4A_7C15;
    private const ulong Second = 0xE703_7ED1_A0B4_28DB;

    public static ulong Compute(ReadOnlySpan<byte> name, ulong seed)
    {
        var hash = seed ^ ((ulong)name.Length * First);
        while (name.Length >= 8)
        {
            hash = Fold(hash ^ MemoryMarshal.Read<ulong>(name), First);
            name = name[8..];
        }

        ulong rest = 0;
        for (var index = 0; index < name.Length; index++)
        {
            rest |= (ulong)name[index] << (8 * index);
        }

        return Fold(hash ^ rest ^ Second, Second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
