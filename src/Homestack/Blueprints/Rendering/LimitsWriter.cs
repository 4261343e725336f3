using System.Globalization;
using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes how much a container may use.</summary>
internal static class LimitsWriter
{
    public static void Write(ContainerSettings container, MappingWriter mapping)
    {
        var resources = container.Resources;
        mapping.Number("cpus", resources.NanoCpus is { } billionths ? billionths / 1_000_000_000m : null)
            .Number("cpu_shares", resources.CpuShares)
            .Number("cpu_period", resources.CpuPeriod)
            .Number("cpu_quota", resources.CpuQuota)
            .Number("cpu_rt_period", resources.CpuRealtimePeriod)
            .Number("cpu_rt_runtime", resources.CpuRealtimeRuntime)
            .Text("cpuset", resources.CpuSet)
            .Bytes("mem_limit", resources.Memory)
            .Bytes("mem_reservation", resources.MemoryReservation)
            .Bytes("memswap_limit", resources.MemorySwap)
            .Number("mem_swappiness", (long?)resources.MemorySwappiness)
            .Number("pids_limit", resources.Pids)
            .Mapping("blkio_config", mapping.Empty().Number("weight", (long?)resources.BlockIoWeight))
            .Bytes("shm_size", container.SharedMemory)
            .Bool("oom_kill_disable", container.OomKillDisable)
            .Number("oom_score_adj", (long?)container.OomScoreAdjustment);
        var limits = mapping.Empty();
        foreach (var (name, limit) in container.Ulimits)
        {
            limits.Mapping(name, mapping.Empty().Number("soft", limit.Soft).Number("hard", limit.Hard));
        }

        mapping.Mapping("ulimits", limits);
        var devices = mapping.Empty().Nodes("devices", container.DeviceRequests.Select(request => DeviceNode(request, mapping.Empty())));
        mapping.Mapping("deploy", mapping.Empty().Mapping("resources", mapping.Empty().Mapping("reservations", devices)));
    }

    private static YamlMapping DeviceNode(DeviceRequest request, MappingWriter mapping) => mapping
        .Text("driver", request.Driver)
        .Text("count", request.Ids.Count > 0 ? null : request.Count < 0 ? "all" : request.Count.ToString(CultureInfo.InvariantCulture))
        .Texts("device_ids", request.Ids)
        .Texts("capabilities", request.Capabilities)
        .TextMap("options", request.Options).ToNode();
}
