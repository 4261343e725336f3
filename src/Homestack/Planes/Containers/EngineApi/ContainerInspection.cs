using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>One line of <c>GET /containers/json</c>.</summary>
public sealed record ContainerSummary
{
    public required string Id { get; init; }

    /// <summary>Each with a leading <c>/</c>.</summary>
    public ValueList<string> Names { get; init; } = [];

    public ValueMap<string>? Labels { get; init; }

    public string State { get; init; } = "";
}

/// <summary>A container as it is: <c>GET /containers/{id}/json</c>.</summary>
public sealed record ContainerInspection
{
    public required string Id { get; init; }

    /// <summary>With a leading <c>/</c>.</summary>
    public required string Name { get; init; }

    public string Created { get; init; } = "";

    /// <summary>Id of its image.</summary>
    public string Image { get; init; } = "";

    public int RestartCount { get; init; }

    public required ContainerState State { get; init; }

    public required ContainerBody Config { get; init; }

    public required HostConfig HostConfig { get; init; }

    public required NetworkSettings NetworkSettings { get; init; }

    public ValueList<MountPoint>? Mounts { get; init; }
}

/// <summary>What a container does at the moment.</summary>
public sealed record ContainerState
{
    /// <summary><c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c>, <c>removing</c>, <c>exited</c> or <c>dead</c>.</summary>
    public string Status { get; init; } = "";

    public int ExitCode { get; init; }

    /// <summary>The engine's own words for why it did not start; empty otherwise.</summary>
    public string Error { get; init; } = "";

    public bool OOMKilled { get; init; }

    public string StartedAt { get; init; } = "";

    public string FinishedAt { get; init; } = "";

    /// <summary>Null: it has no health check.</summary>
    public ContainerHealth? Health { get; init; }
}

/// <summary><c>starting</c>, <c>healthy</c> or <c>unhealthy</c>.</summary>
public sealed record ContainerHealth
{
    public string Status { get; init; } = "";

    public int FailingStreak { get; init; }

    /// <summary>The last few results, oldest first.</summary>
    public ValueList<HealthResult>? Log { get; init; }
}

/// <summary>One run of a health check.</summary>
public sealed record HealthResult(int ExitCode, string? Output);

/// <summary>The networks a container is attached to, by name.</summary>
public sealed record NetworkSettings
{
    public ValueMap<EndpointSettings>? Networks { get; init; }
}
