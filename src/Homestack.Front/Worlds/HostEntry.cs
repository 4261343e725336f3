using Homestack.Front.Limits;
using Homestack.Front.Sleeping;

namespace Homestack.Front.Worlds;

/// <summary>A host name and what answers there.</summary>
/// <param name="Host">Lower case.</param>
/// <param name="Routes">Longest paths first; those of one path have zones that do not overlap.</param>
/// <param name="Certificate">Null: there is none, and TLS for this name fails.</param>
internal sealed record HostEntry(string Host, Route[] Routes, ServedCertificate? Certificate)
{
    /// <summary>What answers depends on the path.</summary>
    public bool HasPaths { get; } = Routes.Any(route => route.Path.Length > 0);

    /// <summary>Whether anything answers there for visitors of a zone.</summary>
    public bool IsFor(ulong zone)
    {
        foreach (var route in Routes)
        {
            if ((route.Zones & zone) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="zone">Bit of the visitor's zone.</param>
    /// <param name="path">In its one spelling.</param>
    public Route? RouteFor(ulong zone, ReadOnlySpan<char> path)
    {
        foreach (var route in Routes)
        {
            if ((route.Zones & zone) != 0 && route.Holds(path))
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
/// <param name="Bounds">What is too much for it.</param>
internal sealed record Route(string Name, ulong Zones, RouteTarget Target, RouteBounds Bounds)
{
    /// <summary>Such as <c>/books</c>; empty for everything.</summary>
    public string Path { get; init; } = "";

    /// <summary>The application does not see the path.</summary>
    public bool Strips { get; init; }

    public bool IsInMaintenance { get; init; }

    /// <summary>HTTP/2 without TLS is spoken behind it.</summary>
    public bool SpeaksHttp2 { get; init; }

    /// <summary>Where visitors wait while its service sleeps; null when it does not.</summary>
    public Sleeper? Sleeper { get; init; }

    /// <summary>Null when nobody is sent on.</summary>
    public RedirectTable? Redirects { get; init; }

    /// <summary>For counting.</summary>
    public ulong Number { get; } = RequestLimiter.NumberOf(Name);

    /// <summary>The path itself and all below it; <c>/bookshelf</c> is not below <c>/books</c>.</summary>
    public bool Holds(ReadOnlySpan<char> path) => Path.Length == 0 || (path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || path[Path.Length] == '/'));
}
