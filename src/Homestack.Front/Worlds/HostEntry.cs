namespace Homestack.Front.Worlds;

/// <summary>A host name and what answers there.</summary>
/// <param name="Host">Lower case.</param>
/// <param name="Routes">Their zones do not overlap.</param>
/// <param name="Certificate">Null: there is none, and TLS for this name fails.</param>
internal sealed record HostEntry(string Host, Route[] Routes, ServedCertificate? Certificate)
{
    /// <param name="zone">Bit of the visitor's zone.</param>
    public Route? RouteFor(ulong zone)
    {
        foreach (var route in Routes)
        {
            if ((route.Zones & zone) != 0)
            {
                return route;
            }
        }

        return null;
    }
}

/// <summary>One thing that answers.</summary>
/// <param name="Name">Such as <c>media/jellyfin</c>.</param>
/// <param name="Zones">Set of bits.</param>
/// <param name="Target">What answers.</param>
internal sealed record Route(string Name, ulong Zones, RouteTarget Target);
