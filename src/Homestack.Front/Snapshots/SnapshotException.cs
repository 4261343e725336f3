using System.Diagnostics.CodeAnalysis;

namespace Homestack.Front.Snapshots;

/// <summary>A snapshot cannot be served. The words are full sentences for whoever sent it; they hold no keys.</summary>
internal sealed class SnapshotException(string words, Exception? inner = null) : Exception(words, inner)
{
    public static void ThrowIf([DoesNotReturnIf(true)] bool isWrong, string words)
    {
        if (isWrong)
        {
            throw new SnapshotException(words);
        }
    }
}
