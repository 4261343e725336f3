using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads the keys of a service that bound what it may use.</summary>
internal static class LimitsReader
{
    public static LimitsSpec Read(MappingReader service, SpecReading reading)
    {
        service.Refuse("cpu_count", "It is for Windows only; write \"cpus\".", reading);
        service.Refuse("cpu_percent", "It is for Windows only; write \"cpus\".", reading);
        return new()
        {
            Cpus = service.Number("cpus", reading),
            CpuShares = service.Long("cpu_shares", 0)?.Value,
            CpuPeriod = Microseconds(service, "cpu_period", reading),
            CpuQuota = Microseconds(service, "cpu_quota", reading),
            CpuRealtimePeriod = Microseconds(service, "cpu_rt_period", reading),
            CpuRealtimeRuntime = Microseconds(service, "cpu_rt_runtime", reading),
            CpuSet = service.Plain("cpuset"),
            Memory = service.Bytes("mem_limit"),
            MemoryReservation = service.Bytes("mem_reservation"),
            MemorySwap = service.Size("memswap_limit"),
            MemorySwappiness = service.Int("mem_swappiness", 0, 100)?.Value,
            Pids = service.Long("pids_limit", -1),
            BlockIoWeight = ReadBlockIo(service, reading),
            SharedMemory = service.Size("shm_size"),
            OomKillDisable = service.Bool("oom_kill_disable")?.Value,
            OomScoreAdjustment = service.Int("oom_score_adj", -1000, 1000)?.Value,
            Ulimits = ReadUlimits(service, reading),
            Gpus = DeviceRequestReader.Read(service, "gpus", reading),
        };
    }

    /// <summary>A number of microseconds, or a duration.</summary>
    private static long? Microseconds(MappingReader service, string key, SpecReading reading)
    {
        if (service.Take(key) is not YamlScalar scalar)
        {
            return service.Long(key)?.Value;
        }

        return scalar.Value.Length > 0 && char.IsAsciiLetter(scalar.Value[^1])
            ? service.Duration(key) is { } duration ? duration.Value.Ticks / TimeSpan.TicksPerMicrosecond : null
            : YamlValue.Long(scalar, service.PathOf(key), reading.Diagnostics, -1)?.Value;
    }

    private static int? ReadBlockIo(MappingReader service, SpecReading reading)
    {
        if (service.Mapping("blkio_config") is not { } mapping)
        {
            return null;
        }

        var weight = mapping.Int("weight", 0, 1000);
        foreach (var key in (ReadOnlySpan<string>)["weight_device", "device_read_bps", "device_read_iops", "device_write_bps", "device_write_iops"])
        {
            mapping.Refuse(key, "Limits for single devices are not set; \"weight\" is.", reading);
        }

        mapping.Finish();
        return weight?.Value;
    }

    private static ValueMap<UlimitSpec> ReadUlimits(MappingReader service, SpecReading reading)
    {
        if (service.Mapping("ulimits") is not { } mapping)
        {
            return ValueMap<UlimitSpec>.Empty;
        }

        var limits = new List<KeyValuePair<string, UlimitSpec>>();
        foreach (var (key, value, path) in mapping.TakeAll())
        {
            if (value is YamlMapping)
            {
                var pair = MappingReader.Of(value, path, reading.Diagnostics);
                var (soft, hard) = (pair?.Long("soft", -1), pair?.Long("hard", -1));
                pair?.FinishExceptExtensions();
                if (pair is not null && (soft is null || hard is null))
                {
                    reading.Diagnostics.Add(BindingDiagnostics.Missing(soft is null ? "soft" : "hard", "both ends of the limit", value.Span, path));
                }

                limits.Add(new(key.Value, new(soft?.Value ?? 0, hard?.Value ?? 0)));
            }
            else if (YamlValue.Long(value, path, reading.Diagnostics, -1) is { } both)
            {
                limits.Add(new(key.Value, new(both.Value, both.Value)));
            }
        }

        return limits.ToValueMap();
    }
}
