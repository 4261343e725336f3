using System.Collections.Frozen;
using System.Net;
using Homestack.Front.Listening;
using Homestack.Front.Sleeping;

namespace Homestack.Front.Worlds;

/// <summary>Everything that answers a request, complete and immutable but for the memory of dead destinations. One is served at a time.</summary>
/// <param name="Zones">Who is where.</param>
/// <param name="Hosts">By host name, without regard to case.</param>
/// <param name="Authority">The home's own root, DER; empty when there is none.</param>
/// <param name="Home">Its name, for the pages.</param>
/// <param name="HttpsPort">Where plain HTTP sends visitors to; 0 when there is no HTTPS.</param>
internal sealed record World(ZoneTable Zones, FrozenDictionary<string, HostEntry> Hosts, byte[] Authority, string Home, int HttpsPort)
{
    /// <summary>Nothing exists.</summary>
    public static readonly World Empty = new(new(Collections.ValueMap<Collections.ValueList<Primitives.Cidr>>.Empty), FrozenDictionary<string, HostEntry>.Empty, [], "", 0);

    /// <summary>What answers at raw ports.</summary>
    public FrozenDictionary<ListenAddress, RawRoute> Raw { get; init; } = FrozenDictionary<ListenAddress, RawRoute>.Empty;

    /// <summary>Ports of services that sleep.</summary>
    public IReadOnlyList<SleepingPlace> Sleeping { get; init; } = [];

    /// <summary>What answers a visitor at a raw port; null for who may not know.</summary>
    public RawRoute? FindRaw(ListenAddress address, IPAddress visitor) =>
        Raw.TryGetValue(address, out var route) && (route.Zones & Zones.Of(visitor)) != 0 ? route : null;

    /// <summary>What a visitor may know of a name; null for a name that does not exist from where the visitor is, and both look the same.</summary>
    /// <param name="host">Asked for.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="zone">Bit of the visitor's zone.</param>
    public HostEntry? Find(ReadOnlySpan<char> host, IPAddress? visitor, out ulong zone)
    {
        zone = Zones.Of(visitor);
        return Hosts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host, out var entry) && entry.IsFor(zone) ? entry : null;
    }
}

/// <summary>The world that is being served. Swapped whole; a request reads it once.</summary>
internal sealed class WorldReference
{
    private volatile World world = World.Empty;

    public World Current
    {
        get => world;
        set => world = value;
    }
}
