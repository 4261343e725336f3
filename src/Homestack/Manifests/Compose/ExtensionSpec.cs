using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Sections;

namespace Homestack.Manifests.Compose;

/// <summary>The key <c>x-homestack</c> of a service, as written.</summary>
public sealed record ExtensionSpec
{
    /// <summary>Port in the container that speaks HTTP, 1 to 65535.</summary>
    public Located<int>? Port { get; init; }

    /// <summary>Zones from which it may be reached; empty: none.</summary>
    public ValueList<Located<string>> Expose { get; init; } = [];

    /// <summary><c>none</c>, <c>homestack</c> or <c>app</c>.</summary>
    public Located<string>? SignIn { get; init; }

    public Located<string>? TileGroup { get; init; }

    public Located<string>? TileTitle { get; init; }

    /// <summary>Only <c>engine</c>: Docker's own publishing.</summary>
    public Located<string>? Publish { get; init; }

    /// <summary>Full engine id of a container to take over as it is.</summary>
    public Located<string>? Adopt { get; init; }

    /// <summary>Environment variable → name in the home's secret store.</summary>
    public ValueMap<Located<string>> Secrets { get; init; } = ValueMap<Located<string>>.Empty;

    /// <summary>Host it runs on.</summary>
    public Located<string>? Host { get; init; }

    /// <summary>How requests to it are treated; null when nothing was said.</summary>
    public RouteSpec? Route { get; init; }

    /// <summary>Stopped after so long without a visitor, and started by the first; null: it runs always.</summary>
    public Located<TimeSpan>? Sleep { get; init; }

    /// <summary>Where the key stands; null when it is absent.</summary>
    public SourceSpan? Span { get; init; }

    /// <summary>Equal by what it says, wherever it stands.</summary>
    public bool Equals(ExtensionSpec? other) => other is not null
        && (Port, SignIn, TileGroup, TileTitle, Publish, Adopt, Host, Route, Sleep) == (other.Port, other.SignIn, other.TileGroup, other.TileTitle, other.Publish, other.Adopt, other.Host, other.Route, other.Sleep)
        && Expose.Equals(other.Expose) && Secrets.Equals(other.Secrets);

    public override int GetHashCode() => HashCode.Combine(Port, SignIn, TileTitle, Publish, Expose, Secrets);
}
