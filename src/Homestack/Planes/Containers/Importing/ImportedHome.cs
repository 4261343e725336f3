using Homestack.Blueprints;
using Homestack.Collections;

namespace Homestack.Planes.Containers.Importing;

/// <summary>What runs here, as a home.</summary>
public sealed record ImportedHome
{
    public required Blueprint Blueprint { get; init; }

    /// <summary>Service (<c>stack/name</c>) → the container that it takes over.</summary>
    public ValueMap<string> Containers { get; init; } = ValueMap<string>.Empty;

    /// <summary>Name → value, of what looks like a secret and must not stand in a file. Only those that a service uses.</summary>
    public ValueMap<string> Secrets { get; init; } = ValueMap<string>.Empty;

    /// <summary>Sorted by container.</summary>
    public ValueList<LeftOut> LeftOut { get; init; } = [];
}
