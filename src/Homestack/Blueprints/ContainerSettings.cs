using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Blueprints;

/// <summary>Everything the engine is told about a container, in the words of the Compose Specification. Null: not said, the image or engine decides.</summary>
public sealed record ContainerSettings
{
    /// <summary>Replaces the image's command; an empty list clears it.</summary>
    public ValueList<string>? Command { get; init; }

    /// <summary>Replaces the image's entrypoint; an empty list clears it.</summary>
    public ValueList<string>? Entrypoint { get; init; }

    public ValueMap<Text> Environment { get; init; } = ValueMap<Text>.Empty;

    public ValueMap<string> Labels { get; init; } = ValueMap<string>.Empty;

    public ValueMap<string> Annotations { get; init; } = ValueMap<string>.Empty;

    public string? Hostname { get; init; }

    public string? DomainName { get; init; }

    public string? User { get; init; }

    public ValueList<string> GroupAdd { get; init; } = [];

    public string? WorkingDirectory { get; init; }

    public string? StopSignal { get; init; }

    /// <summary>How long a stop may take before it is forced. Default 10 s.</summary>
    public TimeSpan StopGracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    public bool? Init { get; init; }

    public bool Tty { get; init; }

    public bool StdinOpen { get; init; }

    public bool ReadOnly { get; init; }

    public bool Privileged { get; init; }

    /// <summary>Sorted; without the <c>CAP_</c> prefix.</summary>
    public ValueList<string> CapAdd { get; init; } = [];

    /// <summary>Sorted; without the <c>CAP_</c> prefix.</summary>
    public ValueList<string> CapDrop { get; init; } = [];

    public ValueList<string> SecurityOpt { get; init; } = [];

    public string? CgroupParent { get; init; }

    /// <summary><c>host</c> or <c>private</c>.</summary>
    public string? Cgroup { get; init; }

    /// <summary><c>host</c>, <c>shareable</c>, <c>private</c>, <c>none</c> or <c>service:stack/name</c>.</summary>
    public string? Ipc { get; init; }

    /// <summary><c>host</c>, <c>service:stack/name</c> or <c>container:name</c>.</summary>
    public string? Pid { get; init; }

    public string? Uts { get; init; }

    public string? UsernsMode { get; init; }

    public string? Runtime { get; init; }

    public ByteSize? SharedMemory { get; init; }

    public ValueMap<string> Sysctls { get; init; } = ValueMap<string>.Empty;

    /// <summary>By name, such as <c>nofile</c>.</summary>
    public ValueMap<Ulimit> Ulimits { get; init; } = ValueMap<Ulimit>.Empty;

    public ValueList<Device> Devices { get; init; } = [];

    public ValueList<string> DeviceCgroupRules { get; init; } = [];

    /// <summary>GPUs and other devices that a driver hands out.</summary>
    public ValueList<DeviceRequest> DeviceRequests { get; init; } = [];

    public ValueList<string> Dns { get; init; } = [];

    public ValueList<string> DnsSearch { get; init; } = [];

    public ValueList<string> DnsOptions { get; init; } = [];

    /// <summary>Each <c>name:address</c>.</summary>
    public ValueList<string> ExtraHosts { get; init; } = [];

    public Resources Resources { get; init; } = new();

    public bool? OomKillDisable { get; init; }

    /// <summary>−1000 to 1000.</summary>
    public int? OomScoreAdjustment { get; init; }

    public Logging? Logging { get; init; }

    public RestartPolicy Restart { get; init; } = new(RestartCondition.No, 0);

    public Healthcheck? Healthcheck { get; init; }

    public NetworkMode NetworkMode { get; init; } = new(NetworkModeKind.Networks, "");

    /// <summary>By <c>stack/key</c> of the network. Empty unless the mode is <see cref="NetworkModeKind.Networks"/>.</summary>
    public ValueMap<NetworkAttachment> Networks { get; init; } = ValueMap<NetworkAttachment>.Empty;

    /// <summary>What the engine publishes, after the exposure rules were applied, sorted.</summary>
    public ValueList<PublishedPort> Ports { get; init; } = [];

    /// <summary>Ports that other containers may use, each <c>80/tcp</c>, sorted.</summary>
    public ValueList<string> Expose { get; init; } = [];

    /// <summary>Sorted by target.</summary>
    public ValueList<Mount> Mounts { get; init; } = [];

    public ValueMap<string> StorageOptions { get; init; } = ValueMap<string>.Empty;

    public string? MacAddress { get; init; }

    /// <summary>Mount the volumes of these services too, each <c>stack/name</c> or <c>container:name</c>, with <c>:ro</c> at the end for read-only.</summary>
    public ValueList<string> VolumesFrom { get; init; } = [];
}

/// <summary>Limits and shares.</summary>
public sealed record Resources
{
    /// <summary>CPUs, such as 1.5; null for no limit. Kept as billionths, as the engine does.</summary>
    public long? NanoCpus { get; init; }

    public long? CpuShares { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuQuota { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuRealtimePeriod { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuRealtimeRuntime { get; init; }

    /// <summary>Such as <c>0-3</c>.</summary>
    public string? CpuSet { get; init; }

    public ByteSize? Memory { get; init; }

    public ByteSize? MemoryReservation { get; init; }

    /// <summary>Memory and swap together; −1 for no limit.</summary>
    public ByteSize? MemorySwap { get; init; }

    /// <summary>0 to 100.</summary>
    public int? MemorySwappiness { get; init; }

    public long? Pids { get; init; }

    /// <summary>10 to 1000.</summary>
    public int? BlockIoWeight { get; init; }
}

/// <summary>Source: setrlimit(2).</summary>
public sealed record Ulimit(long Soft, long Hard);

/// <summary>A device node of the host.</summary>
/// <param name="Source">Path on the host, or a CDI name.</param>
/// <param name="Target">Path in the container.</param>
/// <param name="Permissions">Some of <c>rwm</c>.</param>
public sealed record Device(string Source, string Target, string Permissions);

/// <summary>Devices that a driver hands out, such as GPUs.</summary>
public sealed record DeviceRequest
{
    public string Driver { get; init; } = "";

    /// <summary>−1 for all. Unused when ids are given.</summary>
    public int Count { get; init; }

    public ValueList<string> Ids { get; init; } = [];

    public ValueList<string> Capabilities { get; init; } = [];

    public ValueMap<string> Options { get; init; } = ValueMap<string>.Empty;
}

/// <summary>Where a container's output goes.</summary>
public sealed record Logging(string Driver, ValueMap<string> Options);

/// <summary>What the engine does when the container ends by itself.</summary>
/// <param name="Condition">When to start it again.</param>
/// <param name="MaximumRetries">For <see cref="RestartCondition.OnFailure"/>; 0 for no limit.</param>
public sealed record RestartPolicy(RestartCondition Condition, int MaximumRetries);

/// <summary>Source: Compose Specification, <c>restart</c>.</summary>
public enum RestartCondition
{
    No,
    Always,
    OnFailure,
    UnlessStopped,
}

/// <summary>How the engine finds out whether a container is well. Null members: as in the image.</summary>
public sealed record Healthcheck
{
    /// <summary>The image's check is turned off.</summary>
    public bool IsDisabled { get; init; }

    /// <summary><c>CMD</c> or <c>CMD-SHELL</c> first; empty: the image's own test.</summary>
    public ValueList<string> Test { get; init; } = [];

    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? StartPeriod { get; init; }

    public TimeSpan? StartInterval { get; init; }

    public int? Retries { get; init; }
}

/// <summary>Whose network a container lives in.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Of"><c>stack/name</c> for a service, the engine's name for a container; empty otherwise.</param>
public sealed record NetworkMode(NetworkModeKind Kind, string Of);

/// <summary>Source: Compose Specification, <c>network_mode</c>.</summary>
public enum NetworkModeKind
{
    /// <summary>Its own, attached to declared networks.</summary>
    Networks,

    /// <summary>None but loopback.</summary>
    None,

    /// <summary>The host's.</summary>
    Host,

    /// <summary>The engine's default bridge.</summary>
    Bridge,

    /// <summary>Another service's.</summary>
    Service,

    /// <summary>A container's that is not ours.</summary>
    Container,
}

/// <summary>How a service sits on one network.</summary>
public sealed record NetworkAttachment
{
    /// <summary>Other names it answers to there, besides its own, sorted.</summary>
    public ValueList<string> Aliases { get; init; } = [];

    public string? Ipv4Address { get; init; }

    public string? Ipv6Address { get; init; }

    public ValueList<string> LinkLocalAddresses { get; init; } = [];

    public string? MacAddress { get; init; }

    public ValueMap<string> DriverOptions { get; init; } = ValueMap<string>.Empty;

    /// <summary>Higher is attached first. Default 0.</summary>
    public int Priority { get; init; }
}

/// <summary>A port that the engine publishes.</summary>
/// <param name="HostAddress">Such as <c>127.0.0.1</c>; empty for every address.</param>
/// <param name="HostPort">0: the engine chooses.</param>
/// <param name="HostPortEnd">Last of the range that the engine chooses from; equal to <paramref name="HostPort"/> for a single one.</param>
/// <param name="ContainerPort">1 to 65535.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
public sealed record PublishedPort(string HostAddress, int HostPort, int HostPortEnd, int ContainerPort, string Protocol) : IComparable<PublishedPort>
{
    public int CompareTo(PublishedPort? other) => other is null ? 1
        : (ContainerPort, Protocol, HostAddress, HostPort).CompareTo((other.ContainerPort, other.Protocol, other.HostAddress, other.HostPort));

    public override string ToString() => $"{(HostAddress.Length == 0 ? "*" : HostAddress)}:{HostPort}→{ContainerPort}/{Protocol}";
}

/// <summary>Something mounted into a container.</summary>
public sealed record Mount
{
    public required MountKind Kind { get; init; }

    /// <summary><c>stack/key</c> of a volume, an absolute host path, or a secret's name; empty for tmpfs and anonymous volumes.</summary>
    public string Source { get; init; } = "";

    /// <summary>Absolute path in the container.</summary>
    public required string Target { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>Such as <c>rslave</c>; empty for the engine's default.</summary>
    public string Propagation { get; init; } = "";

    /// <summary>Make the host folder when it is missing (short syntax of Compose).</summary>
    public bool CreatesHostPath { get; init; }

    /// <summary><c>z</c> or <c>Z</c>; empty for none.</summary>
    public string SelinuxLabel { get; init; } = "";

    public bool IsNoCopy { get; init; }

    public string SubPath { get; init; } = "";

    /// <summary>For tmpfs.</summary>
    public ByteSize? TmpfsSize { get; init; }

    /// <summary>For tmpfs, file mode bits.</summary>
    public int? TmpfsMode { get; init; }

    /// <summary>For tmpfs given in the short syntax, such as <c>noexec,size=64m</c>; empty otherwise.</summary>
    public string TmpfsOptions { get; init; } = "";

    /// <summary>For <see cref="MountKind.Content"/>: the file's text, which may name secrets.</summary>
    public Text? Content { get; init; }

    /// <summary>For <see cref="MountKind.Content"/>: owner, group and mode of the file, where said.</summary>
    public FileOwner? Owner { get; init; }
}

/// <summary>Who owns a file in a container. Null: root, root, 0444.</summary>
public sealed record FileOwner(int? UserId, int? GroupId, int? Mode);

/// <summary>What is mounted.</summary>
public enum MountKind
{
    Volume,
    Bind,
    Tmpfs,

    /// <summary>A file that is made for the container from a Compose secret or config with inline content, environment or a named secret.</summary>
    Content,

    /// <summary>A Windows named pipe or cluster volume: never made here; the loader refuses them.</summary>
    Unsupported,
}
