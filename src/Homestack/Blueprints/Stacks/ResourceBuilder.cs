using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;
using Homestack.Primitives;

namespace Homestack.Blueprints.Stacks;

/// <summary>Joins the two places where limits can stand: directly under a service and under <c>deploy.resources</c>. Adds HS2009 when they differ.</summary>
internal static class ResourceBuilder
{
    private const decimal Billion = 1_000_000_000m;

    public static Resources Build(ServiceSpec spec, StackNames names)
    {
        var (limits, deploy) = (spec.Limits, spec.Deploy);
        return new()
        {
            NanoCpus = One("cpus", limits.Cpus, "deploy.resources.limits.cpus", deploy?.Cpus, spec, names) is { } cpus and > 0 ? (long)(cpus * Billion) : null,
            CpuShares = limits.CpuShares,
            CpuPeriod = limits.CpuPeriod,
            CpuQuota = limits.CpuQuota,
            CpuRealtimePeriod = limits.CpuRealtimePeriod,
            CpuRealtimeRuntime = limits.CpuRealtimeRuntime,
            CpuSet = limits.CpuSet,
            Memory = Limit(One("mem_limit", limits.Memory, "deploy.resources.limits.memory", deploy?.Memory, spec, names)),
            MemoryReservation = Limit(One("mem_reservation", limits.MemoryReservation, "deploy.resources.reservations.memory", deploy?.MemoryReservation, spec, names)),
            MemorySwap = Limit(limits.MemorySwap),
            MemorySwappiness = limits.MemorySwappiness,
            Pids = One("pids_limit", limits.Pids, "deploy.resources.limits.pids", deploy?.Pids, spec, names),
            BlockIoWeight = limits.BlockIoWeight,
        };
    }

    public static ValueList<DeviceRequest> BuildDevices(ServiceSpec spec) =>
        (spec.Deploy?.Devices ?? []).Concat(spec.Limits.Gpus).Select(request => new DeviceRequest
        {
            Driver = request.Driver,
            Count = request.Ids.Count > 0 ? 0 : request.Count,
            Ids = request.Ids,
            Capabilities = request.Capabilities,
            Options = request.Options.Plain(),
        }).Distinct().ToValueList();

    /// <summary>No bytes is no limit.</summary>
    private static ByteSize? Limit(ByteSize? size) => size is { Bytes: 0 } ? null : size;

    private static T? One<T>(string key, Located<T>? own, string deployKey, Located<T>? deployed, ServiceSpec spec, StackNames names)
        where T : struct
    {
        if (own is { } first && deployed is { } second && !first.Equals(second))
        {
            names.Diagnostics.Add(NameDiagnostics.Distinct(key, deployKey, first.Span, $"services.{spec.Name.Value}.{key}"));
        }

        return (own ?? deployed)?.Value;
    }
}
