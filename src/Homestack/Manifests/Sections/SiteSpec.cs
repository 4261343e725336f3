using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>Something the home answers for without a container, as written under <c>sites</c>. Exactly one of folder, proxy and redirect.</summary>
public sealed record SiteSpec
{
    /// <summary>Files to serve.</summary>
    public Located<string>? Folder { get; init; }

    /// <summary>Another web server to pass requests to, <c>http://</c> or <c>https://</c>.</summary>
    public Located<string>? Proxy { get; init; }

    /// <summary>Where to send visitors.</summary>
    public Located<string>? Redirect { get; init; }

    public ValueList<Located<string>> Expose { get; init; } = [];

    public Located<string>? SignIn { get; init; }

    public TileSpec? Tile { get; init; }

    /// <summary>How requests to it are treated; null when nothing was said.</summary>
    public RouteSpec? Route { get; init; }
}
