using System.Text;
using Homestack.NameServer.Blocklists;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer;

/// <summary>Collects published lists and single names.</summary>
public sealed class BlocklistBuilder
{
    private readonly List<ulong> exact = [];
    private readonly List<ulong> subtrees = [];
    private readonly List<ulong> allowed = [];

    /// <summary>Names in one list beyond which the rest is not read.</summary>
    public int MaxNames { get; init; } = 10_000_000;

    /// <summary>Lines that held no rule for a name server; comments and empty lines do not count.</summary>
    public int SkippedLines { get; private set; }

    /// <summary>Reads a list as UTF-8 text. A line that is not understood is skipped and counted.</summary>
    public BlocklistBuilder AddList(ReadOnlySpan<byte> text, BlocklistFormat format = BlocklistFormat.Any)
    {
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        while (!text.IsEmpty && exact.Count + subtrees.Count + allowed.Count < MaxNames)
        {
            var end = text.IndexOf((byte)'\n');
            var line = BlocklistLine.Trim(end < 0 ? text : text[..end]);
            text = end < 0 ? [] : text[(end + 1)..];
            if (!line.IsEmpty && line[0] is not ((byte)'#' or (byte)'!' or (byte)'[') && !Add(line, format))
            {
                SkippedLines++;
            }
        }

        return this;
    }

    /// <summary>Blocks a name and everything below it.</summary>
    public BlocklistBuilder Block(DnsName name)
    {
        subtrees.Add(NameHash.Compute(name.Wire.Span, 0));
        return this;
    }

    /// <summary>Allows a name and everything below it, whatever else blocks it.</summary>
    public BlocklistBuilder Allow(DnsName name)
    {
        allowed.Add(NameHash.Compute(name.Wire.Span, 0));
        return this;
    }

    public Blocklist Build() => new(new HashTable(exact), new HashTable(subtrees), new HashTable(allowed));

    private bool Add(ReadOnlySpan<byte> line, BlocklistFormat format)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];
        if (format is BlocklistFormat.Any or BlocklistFormat.Adblock && BlocklistLine.TryAdblock(line, out var rule, out var isAllowed))
        {
            var length = BlocklistLine.ToWire(rule, wire);
            if (length > 0)
            {
                (isAllowed ? allowed : subtrees).Add(NameHash.Compute(wire[..length], 0));
            }

            return length > 0;
        }

        line = BlocklistLine.WithoutComment(line);
        if (format is BlocklistFormat.Any or BlocklistFormat.Hosts && BlocklistLine.TryHosts(line, out var names))
        {
            return AddHosts(names, wire);
        }

        if (format is BlocklistFormat.Any or BlocklistFormat.Domains)
        {
            var length = BlocklistLine.ToWire(line.StartsWith("*."u8) ? line[2..] : line, wire);
            if (length > 0)
            {
                subtrees.Add(NameHash.Compute(wire[..length], 0));
            }

            return length > 0;
        }

        return false;
    }

    private bool AddHosts(ReadOnlySpan<byte> names, Span<byte> wire)
    {
        var isUsed = false;
        while (!names.IsEmpty)
        {
            var end = names.IndexOfAny((byte)' ', (byte)'\t');
            var word = end < 0 ? names : names[..end];
            names = end < 0 ? [] : BlocklistLine.Trim(names[end..]);
            var length = BlocklistLine.ToWire(word, wire);

            // A name without a dot in such a file is the machine itself (localhost, broadcasthost).
            if (length > 0 && word.Contains((byte)'.'))
            {
                exact.Add(NameHash.Compute(wire[..length], 0));
                isUsed = true;
            }
        }

        return isUsed;
    }
}
