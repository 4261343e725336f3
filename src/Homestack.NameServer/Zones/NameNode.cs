namespace Homestack.NameServer.Zones;

/// <summary>A name that exists in one view: it has records, or a name below it has.</summary>
internal sealed class NameNode(byte[] name, ZoneHead? zone)
{
    /// <summary>On the wire, lower case.</summary>
    public byte[] Name { get; } = name;

    /// <summary>The zone it belongs to; null for a name that is handed to other servers by a forward rule.</summary>
    public ZoneHead? Zone { get; } = zone;

    /// <summary>Empty for a name that exists only because of one below it. A CNAME set is first.</summary>
    public RecordSet[] Sets { get; set; } = [];

    /// <summary>The records for names below this one that do not exist (RFC 4592 §2.2.1); null: there are none.</summary>
    public NameNode? Wildcard { get; set; }

    public RecordSet? Find(RecordType type)
    {
        foreach (var set in Sets)
        {
            if (set.Type == type)
            {
                return set;
            }
        }

        return null;
    }
}
