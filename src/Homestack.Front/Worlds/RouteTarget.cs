namespace Homestack.Front.Worlds;

/// <summary>What answers at a route. One of the cases nested here.</summary>
internal abstract record RouteTarget
{
    private RouteTarget()
    {
    }

    /// <summary>Containers, in turns; none while the service does not run.</summary>
    /// <param name="Destinations">Where they are.</param>
    /// <param name="IsUnwell">They run, and all fail their own check.</param>
    internal sealed record Containers(DestinationList Destinations, bool IsUnwell) : RouteTarget;

    /// <summary>Another web server, by its own name.</summary>
    internal sealed record Server(DestinationList Destinations) : RouteTarget;

    /// <summary>Files beneath a folder.</summary>
    internal sealed record Folder(string Path) : RouteTarget;

    /// <summary>Another place.</summary>
    /// <param name="Origin">Scheme and authority, and a path without a slash at its end.</param>
    internal sealed record Elsewhere(string Origin) : RouteTarget;

    /// <summary>The home's own name server.</summary>
    internal sealed record Names : RouteTarget;

    /// <summary>The page with the home's own root certificate.</summary>
    internal sealed record Authority : RouteTarget;
}
