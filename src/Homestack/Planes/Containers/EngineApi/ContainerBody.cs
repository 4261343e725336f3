using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>What a container is made from: the body of <c>POST /containers/create</c>, and <c>Config</c> of an inspected container.</summary>
/// <remarks>Members have the engine's own names. Null: not said, the image or the engine decides.
/// <para>Source: Docker Engine API 1.41 to 1.47, <c>ContainerCreate</c>.</para></remarks>
public sealed record ContainerBody
{
    public string? Image { get; init; }

    /// <summary>Each <c>NAME=value</c>.</summary>
    public ValueList<string>? Env { get; init; }

    public ValueList<string>? Cmd { get; init; }

    public ValueList<string>? Entrypoint { get; init; }

    public string? WorkingDir { get; init; }

    public string? User { get; init; }

    public string? Hostname { get; init; }

    public string? Domainname { get; init; }

    public ValueMap<string>? Labels { get; init; }

    /// <summary>Each <c>80/tcp</c>.</summary>
    public ValueMap<EmptyObject>? ExposedPorts { get; init; }

    /// <summary>Paths that get an anonymous volume each.</summary>
    public ValueMap<EmptyObject>? Volumes { get; init; }

    public bool? Tty { get; init; }

    public bool? OpenStdin { get; init; }

    public string? StopSignal { get; init; }

    /// <summary>Seconds.</summary>
    public int? StopTimeout { get; init; }

    public HealthBody? Healthcheck { get; init; }

    /// <summary>Before API 1.44; afterwards it belongs to the endpoint.</summary>
    public string? MacAddress { get; init; }

    public HostConfig? HostConfig { get; init; }

    public NetworkingConfig? NetworkingConfig { get; init; }
}

/// <summary>How the engine finds out whether a container is well. Durations are nanoseconds; 0 or null: as in the image.</summary>
/// <remarks><para>Source: Docker Engine API, <c>HealthConfig</c>.</para></remarks>
public sealed record HealthBody
{
    /// <summary>Empty: the image's; <c>["NONE"]</c>: turned off; <c>["CMD", …]</c>; <c>["CMD-SHELL", command]</c>.</summary>
    public ValueList<string>? Test { get; init; }

    public long? Interval { get; init; }

    public long? Timeout { get; init; }

    public long? StartPeriod { get; init; }

    /// <summary>From API 1.44 on.</summary>
    public long? StartInterval { get; init; }

    public int? Retries { get; init; }
}

/// <summary>The networks a container is made with, by name or id. Before API 1.44 at most one.</summary>
public sealed record NetworkingConfig(ValueMap<EndpointSettings> EndpointsConfig);
