using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Gives two bodies that mean the same the same form, so that they can be compared: what was asked for, and what an engine shows.</summary>
/// <remarks>Defaults become null, short and long notations of a mount become one, sets are sorted. For comparing only: nothing is created from this form.</remarks>
public static class BodyNormal
{
    private const long UsualSharedMemory = 64 << 20;
    private const int UsualStopTimeout = 10;

    public static ContainerBody Of(ContainerBody body)
    {
        var host = body.HostConfig ?? new();
        var ports = Ports(host.PortBindings);
        return body with
        {
            Image = null,
            Env = null,
            NetworkingConfig = null,
            Volumes = null,
            Labels = OwnLabels.Without(body.Labels),
            Cmd = NullIfEmpty(body.Cmd),
            Entrypoint = body.Entrypoint,
            Hostname = NullIfEmpty(body.Hostname),
            Domainname = NullIfEmpty(body.Domainname),
            User = NullIfEmpty(body.User),
            WorkingDir = NullIfEmpty(body.WorkingDir),
            StopSignal = NullIfEmpty(body.StopSignal),
            StopTimeout = body.StopTimeout == UsualStopTimeout ? null : body.StopTimeout,
            MacAddress = NullIfEmpty(body.MacAddress),
            Tty = NullUnless(body.Tty),
            OpenStdin = NullUnless(body.OpenStdin),
            Healthcheck = Health(body.Healthcheck),
            ExposedPorts = NullIfEmpty(body.ExposedPorts?.Where(port => ports?.ContainsKey(port.Key) != true).ToValueMap()),
            HostConfig = Host(host) with { PortBindings = ports },
        };
    }

    private static HostConfig Host(HostConfig host) => host with
    {
        Binds = null,
        Mounts = NullIfEmpty((host.Mounts ?? []).Select(Mount).Concat((host.Binds ?? []).Select(Bind))
            .OrderBy(mount => mount.Target, StringComparer.Ordinal).ToValueList()),
        Tmpfs = NullIfEmpty(host.Tmpfs),
        VolumesFrom = NullIfEmpty(host.VolumesFrom),
        PublishAllPorts = NullUnless(host.PublishAllPorts),
        NetworkMode = host.NetworkMode is null or "" or "default" or "bridge" ? null : host.NetworkMode,
        RestartPolicy = null,
        LogConfig = host.LogConfig is null or { Type: null or "" or "json-file", Config: null or { Count: 0 } } ? null : host.LogConfig with { Config = NullIfEmpty(host.LogConfig.Config) },
        CapAdd = Capabilities(host.CapAdd),
        CapDrop = Capabilities(host.CapDrop),
        SecurityOpt = Sorted(host.SecurityOpt),
        Privileged = NullUnless(host.Privileged),
        ReadonlyRootfs = NullUnless(host.ReadonlyRootfs),
        Dns = NullIfEmpty(host.Dns),
        DnsOptions = NullIfEmpty(host.DnsOptions),
        DnsSearch = NullIfEmpty(host.DnsSearch),
        ExtraHosts = Sorted(host.ExtraHosts),
        GroupAdd = Sorted(host.GroupAdd),
        IpcMode = host.IpcMode is null or "" or "private" or "shareable" ? null : host.IpcMode,
        PidMode = NullIfEmpty(host.PidMode),
        UtsMode = NullIfEmpty(host.UtsMode),
        UsernsMode = NullIfEmpty(host.UsernsMode),

        // Which of the two is the default depends on the machine's cgroup version.
        CgroupnsMode = host.CgroupnsMode is null or "" or "private" or "host" ? null : host.CgroupnsMode,
        CgroupParent = NullIfEmpty(host.CgroupParent),
        Runtime = host.Runtime is null or "" or "runc" ? null : host.Runtime,
        ShmSize = host.ShmSize is 0 or UsualSharedMemory ? null : host.ShmSize,
        Sysctls = NullIfEmpty(host.Sysctls),
        Ulimits = NullIfEmpty(host.Ulimits?.OrderBy(limit => limit.Name, StringComparer.Ordinal).ToValueList()),
        Devices = NullIfEmpty(host.Devices),
        DeviceCgroupRules = NullIfEmpty(host.DeviceCgroupRules),
        DeviceRequests = NullIfEmpty(host.DeviceRequests?.Select(request => request with
        {
            Driver = NullIfEmpty(request.Driver),
            Count = request.Count is 0 ? null : request.Count,
            DeviceIds = NullIfEmpty(request.DeviceIds),
            Capabilities = NullIfEmpty(request.Capabilities),
            Options = NullIfEmpty(request.Options),
        }).ToValueList()),
        StorageOpt = NullIfEmpty(host.StorageOpt),
        Annotations = NullIfEmpty(host.Annotations),
        OomKillDisable = NullUnless(host.OomKillDisable),
        OomScoreAdj = host.OomScoreAdj == 0 ? null : host.OomScoreAdj,
        NanoCpus = null,
        CpuShares = null,
        CpuPeriod = null,
        CpuQuota = null,
        CpuRealtimePeriod = host.CpuRealtimePeriod == 0 ? null : host.CpuRealtimePeriod,
        CpuRealtimeRuntime = host.CpuRealtimeRuntime == 0 ? null : host.CpuRealtimeRuntime,
        CpusetCpus = null,
        Memory = null,
        MemoryReservation = null,
        MemorySwap = null,
        MemorySwappiness = host.MemorySwappiness is -1 ? null : host.MemorySwappiness,
        PidsLimit = null,
        BlkioWeight = host.BlkioWeight == 0 ? null : host.BlkioWeight,
        AutoRemove = null,
        Links = null,
        VolumeDriver = null,
        CpusetMems = null,
        MaskedPaths = null,
        BlkioWeightDevice = null,
        BlkioDeviceReadBps = null,
        BlkioDeviceWriteBps = null,
        BlkioDeviceReadIops = null,
        BlkioDeviceWriteIops = null,
    };

    private static HealthBody? Health(HealthBody? health)
    {
        var normal = health is null ? null : new HealthBody
        {
            Test = NullIfEmpty(health.Test),
            Interval = NullIfZero(health.Interval),
            Timeout = NullIfZero(health.Timeout),
            StartPeriod = NullIfZero(health.StartPeriod),
            StartInterval = NullIfZero(health.StartInterval),
            Retries = health.Retries == 0 ? null : health.Retries,
        };
        return normal == new HealthBody() ? null : normal;
    }

    private static ValueMap<ValueList<PortBinding>>? Ports(ValueMap<ValueList<PortBinding>>? ports) => NullIfEmpty(ports?.ToValueMap(port => port.Key, port =>
        port.Value.Select(binding => new PortBinding(binding.HostIp is null or "0.0.0.0" or "::" ? "" : binding.HostIp, binding.HostPort is null or "0" ? "" : binding.HostPort))
            .OrderBy(binding => binding.HostPort, StringComparer.Ordinal).ThenBy(binding => binding.HostIp, StringComparer.Ordinal).ToValueList()));

    private static MountBody Mount(MountBody mount) => mount with
    {
        Source = NullIfEmpty(WithoutLastSlash(mount.Source)),
        Target = WithoutLastSlash(mount.Target) ?? "",
        ReadOnly = NullUnless(mount.ReadOnly),
        BindOptions = mount.BindOptions is null or { Propagation: null or "" or "rprivate" } ? null : mount.BindOptions,
        VolumeOptions = mount.VolumeOptions is null or { NoCopy: not true, Subpath: null or "" } ? null : mount.VolumeOptions,
        TmpfsOptions = mount.TmpfsOptions is null or { SizeBytes: null or 0, Mode: null or 0 } ? null : mount.TmpfsOptions,
    };

    /// <remarks><c>source:target[:options]</c>; the source of a named volume is not a path.</remarks>
    private static MountBody Bind(string bind)
    {
        var parts = bind.Split(':');
        var options = parts.Length > 2 ? parts[2].Split(',') : [];
        var propagation = options.FirstOrDefault(option => option is "shared" or "slave" or "private" or "rshared" or "rslave");
        var isPath = parts[0].StartsWith('/');
        return Mount(new()
        {
            Type = isPath ? "bind" : "volume",
            Source = parts[0],
            Target = parts.Length > 1 ? parts[1] : "",
            ReadOnly = options.Contains("ro"),
            BindOptions = isPath && propagation is not null ? new(propagation) : null,
            VolumeOptions = !isPath && options.Contains("nocopy") ? new(NoCopy: true, null) : null,
        });
    }

    private static ValueList<string>? Capabilities(ValueList<string>? names) => Sorted(names?.Select(name => name.StartsWith("CAP_", StringComparison.Ordinal) ? name[4..] : name).ToValueList());

    private static ValueList<string>? Sorted(ValueList<string>? list) => NullIfEmpty(list?.Order(StringComparer.Ordinal).ToValueList());

    private static string? WithoutLastSlash(string? path) => path is { Length: > 1 } && path.EndsWith('/') ? path.TrimEnd('/') is { Length: > 0 } rest ? rest : "/" : path;

    private static bool? NullUnless(bool? value) => value == true ? true : null;

    private static long? NullIfZero(long? value) => value == 0 ? null : value;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static ValueList<T>? NullIfEmpty<T>(ValueList<T>? list) => list is null || list.Count == 0 ? null : list;

    private static ValueMap<T>? NullIfEmpty<T>(ValueMap<T>? map) => map is null || map.Count == 0 ? null : map;
}
