using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary>An application from the catalog, as written under <c>apps</c>.</summary>
public sealed record AppSpec
{
    /// <summary>Its name in the catalog. Default: the key.</summary>
    public Located<string>? App { get; init; }

    public ValueList<Located<string>> Expose { get; init; } = [];

    public Located<string>? SignIn { get; init; }

    public TileSpec? Tile { get; init; }

    /// <summary>The application's names for its folders, each with a path on the host.</summary>
    public ValueMap<Located<string>> Storage { get; init; } = ValueMap<Located<string>>.Empty;

    /// <summary>Environment variables; may name secrets.</summary>
    public ValueMap<Located<Text>> Environment { get; init; } = ValueMap<Located<Text>>.Empty;

    public Located<string>? Host { get; init; }
}
