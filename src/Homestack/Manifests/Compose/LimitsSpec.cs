using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose;

/// <summary>How much a container may use, in the keys that stand directly under a service. Null: not said.</summary>
public sealed record LimitsSpec
{
    /// <summary>CPUs, such as 1.5.</summary>
    public Located<decimal>? Cpus { get; init; }

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

    public Located<ByteSize>? Memory { get; init; }

    public Located<ByteSize>? MemoryReservation { get; init; }

    /// <summary>Memory and swap together; −1 for no limit.</summary>
    public ByteSize? MemorySwap { get; init; }

    /// <summary>0 to 100.</summary>
    public int? MemorySwappiness { get; init; }

    public Located<long>? Pids { get; init; }

    /// <summary>10 to 1000.</summary>
    public int? BlockIoWeight { get; init; }

    public ByteSize? SharedMemory { get; init; }

    public bool? OomKillDisable { get; init; }

    /// <summary>−1000 to 1000.</summary>
    public int? OomScoreAdjustment { get; init; }

    /// <summary>By name, such as <c>nofile</c>.</summary>
    public ValueMap<UlimitSpec> Ulimits { get; init; } = ValueMap<UlimitSpec>.Empty;

    /// <summary><c>gpus</c>: devices that a driver hands out.</summary>
    public ValueList<DeviceRequestSpec> Gpus { get; init; } = [];
}

/// <summary>Source: setrlimit(2). −1 for no limit.</summary>
public sealed record UlimitSpec(long Soft, long Hard);
