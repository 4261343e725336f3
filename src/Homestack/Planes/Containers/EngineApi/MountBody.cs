namespace Homestack.Planes.Containers.EngineApi;

/// <summary>Something mounted into a container, as it was asked for.</summary>
/// <remarks><para>Source: Docker Engine API, <c>Mount</c>.</para></remarks>
public sealed record MountBody
{
    public required string Target { get; init; }

    /// <summary>A path of the host, a volume's name; null for tmpfs and anonymous volumes.</summary>
    public string? Source { get; init; }

    /// <summary><c>bind</c>, <c>volume</c> or <c>tmpfs</c>.</summary>
    public required string Type { get; init; }

    public bool? ReadOnly { get; init; }

    public BindOptions? BindOptions { get; init; }

    public VolumeOptions? VolumeOptions { get; init; }

    public TmpfsOptions? TmpfsOptions { get; init; }
}

/// <summary>For a bind mount.</summary>
public sealed record BindOptions(string? Propagation);

/// <summary>For a volume. The sub-path is known from API 1.45 on.</summary>
public sealed record VolumeOptions(bool? NoCopy, string? Subpath);

/// <summary>For tmpfs: bytes, and file mode bits.</summary>
public sealed record TmpfsOptions(long? SizeBytes, int? Mode);

/// <summary>Something mounted into a container, as it came out.</summary>
/// <remarks><para>Source: Docker Engine API, <c>MountPoint</c>.</para></remarks>
public sealed record MountPoint
{
    public string Type { get; init; } = "";

    /// <summary>The volume's name; null for a bind mount.</summary>
    public string? Name { get; init; }

    public string? Source { get; init; }

    public string Destination { get; init; } = "";

    public string? Mode { get; init; }

    /// <summary>Writable.</summary>
    public bool RW { get; init; }

    public string? Propagation { get; init; }
}
