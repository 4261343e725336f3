namespace Homestack.NameServer;

/// <summary>Everything the server answers from; immutable, swapped whole.</summary>
public sealed record NameSnapshot
{
    /// <summary>Where a client comes from. A client in no view is refused, whatever it asks.</summary>
    public IReadOnlyList<View> Views { get; init; } = [];

    /// <summary>What the server is authoritative for; each apex once. A name belongs to the deepest zone that holds it.</summary>
    public IReadOnlyList<Zone> Zones { get; init; } = [];

    /// <summary>Whom to ask for the rest, in order of preference; empty: the rest is refused.</summary>
    public IReadOnlyList<UpstreamAddress> Upstreams { get; init; } = [];

    /// <summary>Domains with servers of their own; the deepest that holds a name decides, and it takes its part out of a zone of ours.</summary>
    public IReadOnlyList<ForwardRule> Forwards { get; init; } = [];

    /// <summary>What the log keeps from now on; a level that keeps less also lets go of what was kept. Default: no clients.</summary>
    public QueryLogLevel Log { get; init; }

    /// <summary>Names that are answered as if they did not exist; never names of our zones.</summary>
    public IReadOnlyList<BlockRule> Blocklists { get; init; } = [];
}
