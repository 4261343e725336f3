using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Compose;

/// <summary>A named volume of the stack as written.</summary>
public sealed record VolumeSpec
{
    /// <summary>Its key in the file.</summary>
    public required Located<string> Key { get; init; }

    /// <summary>The engine's name for it, when said.</summary>
    public Located<string>? Name { get; init; }

    public bool IsExternal { get; init; }

    public string? Driver { get; init; }

    public ValueMap<Located<string>> DriverOptions { get; init; } = ValueMap<Located<string>>.Empty;

    public ValueMap<Located<string>> Labels { get; init; } = ValueMap<Located<string>>.Empty;
}
