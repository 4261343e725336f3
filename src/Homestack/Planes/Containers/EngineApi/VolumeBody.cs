using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>What a volume is made from: <c>POST /volumes/create</c>.</summary>
public sealed record VolumeBody
{
    public required string Name { get; init; }

    public string? Driver { get; init; }

    public ValueMap<string>? DriverOpts { get; init; }

    public ValueMap<string>? Labels { get; init; }
}

/// <summary>A volume as it is: <c>GET /volumes/{name}</c>.</summary>
public sealed record VolumeInspection
{
    public required string Name { get; init; }

    public string Driver { get; init; } = "";

    /// <summary>The driver options it was made with.</summary>
    public ValueMap<string>? Options { get; init; }

    public ValueMap<string>? Labels { get; init; }
}

/// <summary>The answer of <c>GET /volumes</c>.</summary>
public sealed record VolumeList(ValueList<VolumeInspection>? Volumes);
