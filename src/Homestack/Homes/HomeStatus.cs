using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Homes;

/// <summary>What is wanted and what is, for the whole home. Also what <c>status --json</c> prints: fields are added, never renamed or removed.</summary>
public sealed record HomeStatus
{
    public required string Home { get; init; }

    /// <summary>Absolute folder of the manifest that was applied last; empty when nothing was.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The newest generation; 0 for none.</summary>
    public int Generation { get; init; }

    /// <summary>When it was reached; null for none.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The process that watches; 0 when none does.</summary>
    public int EngineProcess { get; init; }

    /// <summary>Sorted by name.</summary>
    public ValueList<ServiceStatus> Services { get; init; } = [];

    /// <summary>What the home shows visitors so that they know it, the home's own last.</summary>
    public ValueList<CertificateStatus> Certificates { get; init; } = [];

    /// <summary>How the world differs from the last generation, a sentence each, as the engine saw it last.</summary>
    public ValueList<string> Drift { get; init; } = [];

    /// <summary>What keeps us from knowing more, a sentence each, such as a container engine that does not answer.</summary>
    public ValueList<string> Problems { get; init; } = [];

    public bool IsWell => Problems.Count == 0 && Drift.Count == 0 && Services.All(service => service.Health is ServiceHealth.Well or ServiceHealth.Resting);
}

/// <summary>One service: wanted, actual, healthy, where it answers.</summary>
public sealed record ServiceStatus
{
    /// <summary><c>stack/name</c>.</summary>
    public required string Name { get; init; }

    public required string Host { get; init; }

    /// <summary>Containers that should run.</summary>
    public required int Wanted { get; init; }

    /// <summary>Containers that do.</summary>
    public required int Running { get; init; }

    public required ServiceHealth Health { get; init; }

    /// <summary>Short, such as <c>running</c>, <c>unhealthy</c>, <c>exited 137</c>, <c>missing</c>.</summary>
    public required string Words { get; init; }

    /// <summary>Since when it is so; null when unknown.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Where it answers, such as <c>http://127.0.0.1:8088</c>; sorted.</summary>
    public ValueList<string> Addresses { get; init; } = [];

    /// <summary>Zones that may reach it, sorted.</summary>
    public ValueList<string> Zones { get; init; } = [];

    /// <summary>What its health check said last, when it is unwell; one line.</summary>
    public string Complaint { get; init; } = "";
}

/// <summary>How a service is, in one word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ServiceHealth>))]
public enum ServiceHealth
{
    /// <summary>As many run as should, and none fails its check.</summary>
    [JsonStringEnumMemberName("well")]
    Well,

    /// <summary>Running, and its check has not passed yet.</summary>
    [JsonStringEnumMemberName("starting")]
    Starting,

    /// <summary>It ran to its end as it should, or none is wanted.</summary>
    [JsonStringEnumMemberName("resting")]
    Resting,

    /// <summary>Its check fails, or it restarts again and again.</summary>
    [JsonStringEnumMemberName("unwell")]
    Unwell,

    /// <summary>It does not run.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>There is no container.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,
}
