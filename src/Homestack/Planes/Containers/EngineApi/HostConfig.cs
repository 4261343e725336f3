using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>How a container sits on its host. Null: not said.</summary>
/// <remarks><para>Source: Docker Engine API 1.41 to 1.47, <c>HostConfig</c>.</para></remarks>
public sealed record HostConfig
{
    /// <summary>Each <c>source:target[:options]</c>.</summary>
    public ValueList<string>? Binds { get; init; }

    public ValueList<MountBody>? Mounts { get; init; }

    /// <summary>Path → mount options.</summary>
    public ValueMap<string>? Tmpfs { get; init; }

    public ValueList<string>? VolumesFrom { get; init; }

    /// <summary>By <c>80/tcp</c>.</summary>
    public ValueMap<ValueList<PortBinding>>? PortBindings { get; init; }

    public bool? PublishAllPorts { get; init; }

    public string? NetworkMode { get; init; }

    public RestartPolicyBody? RestartPolicy { get; init; }

    public LogConfig? LogConfig { get; init; }

    public ValueList<string>? CapAdd { get; init; }

    public ValueList<string>? CapDrop { get; init; }

    public ValueList<string>? SecurityOpt { get; init; }

    public bool? Privileged { get; init; }

    public bool? ReadonlyRootfs { get; init; }

    public ValueList<string>? Dns { get; init; }

    public ValueList<string>? DnsOptions { get; init; }

    public ValueList<string>? DnsSearch { get; init; }

    public ValueList<string>? ExtraHosts { get; init; }

    public ValueList<string>? GroupAdd { get; init; }

    public string? IpcMode { get; init; }

    public string? PidMode { get; init; }

    [JsonPropertyName("UTSMode")]
    public string? UtsMode { get; init; }

    public string? UsernsMode { get; init; }

    public string? CgroupnsMode { get; init; }

    public string? CgroupParent { get; init; }

    public string? Runtime { get; init; }

    public bool? Init { get; init; }

    /// <summary>Bytes.</summary>
    public long? ShmSize { get; init; }

    public ValueMap<string>? Sysctls { get; init; }

    public ValueList<UlimitBody>? Ulimits { get; init; }

    public ValueList<DeviceBody>? Devices { get; init; }

    public ValueList<string>? DeviceCgroupRules { get; init; }

    public ValueList<DeviceRequestBody>? DeviceRequests { get; init; }

    public ValueMap<string>? StorageOpt { get; init; }

    /// <summary>From API 1.43 on.</summary>
    public ValueMap<string>? Annotations { get; init; }

    public bool? OomKillDisable { get; init; }

    public int? OomScoreAdj { get; init; }

    public long? NanoCpus { get; init; }

    public long? CpuShares { get; init; }

    public long? CpuPeriod { get; init; }

    public long? CpuQuota { get; init; }

    public long? CpuRealtimePeriod { get; init; }

    public long? CpuRealtimeRuntime { get; init; }

    public string? CpusetCpus { get; init; }

    public long? Memory { get; init; }

    public long? MemoryReservation { get; init; }

    public long? MemorySwap { get; init; }

    public int? MemorySwappiness { get; init; }

    public long? PidsLimit { get; init; }

    public int? BlkioWeight { get; init; }

    /// <summary>Only in answers, and so are all below: Compose has no word for them, and we never ask for them.</summary>
    public bool? AutoRemove { get; init; }

    public ValueList<string>? Links { get; init; }

    public string? VolumeDriver { get; init; }

    public string? CpusetMems { get; init; }

    /// <summary>Empty when the protection of <c>/proc</c> was turned off.</summary>
    public ValueList<string>? MaskedPaths { get; init; }

    public ValueList<DeviceLimitBody>? BlkioWeightDevice { get; init; }

    public ValueList<DeviceLimitBody>? BlkioDeviceReadBps { get; init; }

    public ValueList<DeviceLimitBody>? BlkioDeviceWriteBps { get; init; }

    [JsonPropertyName("BlkioDeviceReadIOps")]
    public ValueList<DeviceLimitBody>? BlkioDeviceReadIops { get; init; }

    [JsonPropertyName("BlkioDeviceWriteIOps")]
    public ValueList<DeviceLimitBody>? BlkioDeviceWriteIops { get; init; }
}

/// <summary>A limit for one device node.</summary>
public sealed record DeviceLimitBody(string? Path, long? Rate, long? Weight);

/// <summary>Where a container port is published. Empty address: every address; empty port: the engine chooses.</summary>
public sealed record PortBinding(string? HostIp, string? HostPort);

/// <summary>When the engine starts a container again: <c>no</c> or empty, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c>.</summary>
public sealed record RestartPolicyBody(string? Name, int? MaximumRetryCount);

/// <summary>Where a container's output goes.</summary>
public sealed record LogConfig(string? Type, ValueMap<string>? Config);

/// <summary>Source: setrlimit(2).</summary>
public sealed record UlimitBody(string Name, long Soft, long Hard);

/// <summary>A device node of the host in a container.</summary>
public sealed record DeviceBody(string PathOnHost, string PathInContainer, string CgroupPermissions);

/// <summary>Devices that a driver hands out, such as GPUs.</summary>
public sealed record DeviceRequestBody
{
    public string? Driver { get; init; }

    /// <summary>−1 for all.</summary>
    public int? Count { get; init; }

    [JsonPropertyName("DeviceIDs")]
    public ValueList<string>? DeviceIds { get; init; }

    /// <summary>Alternatives, each a list of capabilities that must all be there.</summary>
    public ValueList<ValueList<string>>? Capabilities { get; init; }

    public ValueMap<string>? Options { get; init; }
}
