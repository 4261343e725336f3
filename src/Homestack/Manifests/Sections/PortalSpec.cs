using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>The household's start page, as written under <c>portal</c>.</summary>
public sealed record PortalSpec
{
    /// <summary>Default: the home's name.</summary>
    public Located<string>? Title { get; init; }

    /// <summary>Name it answers at below the home's domain. Default <c>home</c>.</summary>
    public Located<string>? Name { get; init; }

    public ValueList<Located<string>> Expose { get; init; } = [];

    /// <summary>Headings in the order in which they are shown; those not named follow by name.</summary>
    public ValueList<Located<string>> Groups { get; init; } = [];

    public ValueMap<Located<LinkSpec>> Links { get; init; } = ValueMap<Located<LinkSpec>>.Empty;
}

/// <summary>A tile that leads somewhere else, as written under <c>portal.links</c>.</summary>
public sealed record LinkSpec(Located<string>? Url, Located<string>? Group, Located<string>? Title);
