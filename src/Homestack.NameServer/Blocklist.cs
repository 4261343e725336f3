using Homestack.NameServer.Blocklists;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer;

/// <summary>Names that are answered as if they did not exist. The allowed ones win, at any depth.</summary>
/// <remarks>Names are kept as 64-bit hashes: two million take 64 MiB, and that a name is blocked by accident is less likely than 1 in 10¹².</remarks>
public sealed class Blocklist
{
    private readonly HashTable exact;
    private readonly HashTable subtrees;
    private readonly HashTable allowed;

    internal Blocklist(HashTable exact, HashTable subtrees, HashTable allowed)
    {
        this.exact = exact;
        this.subtrees = subtrees;
        this.allowed = allowed;
    }

    public static Blocklist Empty { get; } = new BlocklistBuilder().Build();

    /// <summary>Different names in it, without those that are allowed.</summary>
    public int Count => exact.Count + subtrees.Count;

    public bool Contains(DnsName name) => Judge(name.Wire.Span) == BlockVerdict.Blocked;

    /// <summary>It allows something.</summary>
    internal bool HasAllowed => allowed.Count > 0;

    /// <param name="name">On the wire, lower case.</param>
    internal BlockVerdict Judge(ReadOnlySpan<byte> name)
    {
        var isBlocked = exact.Contains(NameHash.Compute(name, 0));
        for (; name.Length > 1; name = name[(1 + name[0])..])
        {
            var hash = NameHash.Compute(name, 0);
            if (allowed.Contains(hash))
            {
                return BlockVerdict.Allowed;
            }

            isBlocked = isBlocked || subtrees.Contains(hash);
        }

        return isBlocked ? BlockVerdict.Blocked : BlockVerdict.Silent;
    }
}
