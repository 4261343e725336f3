using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose;

/// <summary>How an image is made, as written.</summary>
/// <remarks><para>Source: Compose Build Specification.</para></remarks>
public sealed record BuildSpec
{
    /// <summary>Folder, absolute or relative to the home's folder.</summary>
    public required Located<string> Context { get; init; }

    public string? Dockerfile { get; init; }

    public string? DockerfileInline { get; init; }

    public ValueMap<Located<string>> Args { get; init; } = ValueMap<Located<string>>.Empty;

    public ValueMap<Located<string>> Labels { get; init; } = ValueMap<Located<string>>.Empty;

    public string? Target { get; init; }

    public string? Network { get; init; }

    public ValueList<string> CacheFrom { get; init; } = [];

    public ValueList<string> Tags { get; init; } = [];

    public ValueList<string> ExtraHosts { get; init; } = [];

    public ByteSize? SharedMemory { get; init; }

    public bool NoCache { get; init; }

    public bool PullBase { get; init; }

    /// <summary><c>x-homestack.packages</c>: Debian packages that are unpacked into the context.</summary>
    public ValueList<string> Packages { get; init; } = [];
}
