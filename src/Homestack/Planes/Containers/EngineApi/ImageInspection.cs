using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>An image as it is: <c>GET /images/{name}/json</c>.</summary>
public sealed record ImageInspection
{
    /// <summary><c>sha256:…</c></summary>
    public required string Id { get; init; }

    public ValueList<string>? RepoTags { get; init; }

    /// <summary>Each <c>name@sha256:…</c>; empty for images that were never in a registry.</summary>
    public ValueList<string>? RepoDigests { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>What containers get when they say nothing else.</summary>
    public ContainerBody? Config { get; init; }
}

/// <summary>The answer of <c>GET /distribution/{name}/json</c>.</summary>
public sealed record RegistryImage(RegistryDescriptor Descriptor);

/// <summary>What a registry serves under a name now.</summary>
public sealed record RegistryDescriptor
{
    public string Digest { get; init; } = "";

    public long Size { get; init; }
}
