using System.Net;
using Homestack.Front.Limits;
using Homestack.Front.Sleeping;

namespace Homestack.Front.Worlds;

/// <summary>What answers at a raw port.</summary>
/// <param name="Name">Such as <c>games/minecraft</c>.</param>
/// <param name="Zones">Set of bits.</param>
/// <param name="Destinations">Where its containers are; empty while none runs.</param>
internal sealed record RawRoute(string Name, ulong Zones, IPEndPoint[] Destinations)
{
    /// <summary>Where visitors wait while its service sleeps; null when it does not.</summary>
    public Sleeper? Sleeper { get; init; }

    /// <summary>The order in which destinations are tried: a visitor always begins with the same one.</summary>
    public IEnumerable<IPEndPoint> For(IPAddress visitor)
    {
        var first = Destinations.Length == 0 ? 0 : (int)(RequestLimiter.NumberOf(visitor) % (ulong)Destinations.Length);
        return Destinations.Skip(first).Concat(Destinations.Take(first));
    }
}
