using System.Globalization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Container settings in Compose's words → in the engine's words. Pure; what was not said stays null.</summary>
/// <remarks><para>Source: Compose Specification, "Services"; Docker Engine API, <c>ContainerCreate</c>.</para></remarks>
public static class BodyBuilder
{
    private static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(10);

    /// <param name="settings">In Compose's words.</param>
    /// <param name="volumeName">The engine's name of a volume by <c>stack/key</c>.</param>
    public static ContainerBody Build(ContainerSettings settings, Func<string, string> volumeName) => new()
    {
        Cmd = settings.Command,
        Entrypoint = settings.Entrypoint,
        Hostname = settings.Hostname,
        Domainname = settings.DomainName,
        User = settings.User,
        WorkingDir = settings.WorkingDirectory,
        StopSignal = settings.StopSignal,
        StopTimeout = settings.StopGracePeriod == UsualGrace ? null : (int)Math.Ceiling(settings.StopGracePeriod.TotalSeconds),
        Tty = NullUnless(settings.Tty),
        OpenStdin = NullUnless(settings.StdinOpen),
        Labels = NullIfEmpty(settings.Labels),
        MacAddress = settings.MacAddress ?? settings.Networks.Values.Select(network => network.MacAddress).FirstOrDefault(address => address is not null),
        Healthcheck = settings.Healthcheck is { } check ? Health(check) : null,
        ExposedPorts = NullIfEmpty(settings.Expose.Concat(settings.Ports.Select(Port)).Distinct().ToValueMap(port => port, _ => new EmptyObject())),
        HostConfig = Host(settings, volumeName),
    };

    public static ContainerLimits Limits(ContainerSettings settings) => new()
    {
        NanoCpus = settings.Resources.NanoCpus,
        CpuShares = settings.Resources.CpuShares,
        CpuPeriod = settings.Resources.CpuPeriod,
        CpuQuota = settings.Resources.CpuQuota,
        CpusetCpus = settings.Resources.CpuSet,
        Memory = settings.Resources.Memory?.Bytes,
        MemoryReservation = settings.Resources.MemoryReservation?.Bytes,
        MemorySwap = settings.Resources.MemorySwap?.Bytes,
        PidsLimit = settings.Resources.Pids,
        RestartPolicy = settings.Restart.Condition switch
        {
            RestartCondition.Always => new("always", null),
            RestartCondition.UnlessStopped => new("unless-stopped", null),
            RestartCondition.OnFailure => new("on-failure", settings.Restart.MaximumRetries > 0 ? settings.Restart.MaximumRetries : null),
            _ => null,
        },
    };

    private static HostConfig Host(ContainerSettings settings, Func<string, string> volumeName) => new()
    {
        Binds = NullIfEmpty(settings.Mounts.Where(IsShortBind).Select(Bind).ToValueList()),
        Mounts = NullIfEmpty(settings.Mounts.Where(mount => !IsShortBind(mount)).Select(mount => Mount(mount, volumeName)).OfType<MountBody>().ToValueList()),
        Tmpfs = NullIfEmpty(settings.Mounts.Where(IsShortTmpfs).ToValueMap(mount => mount.Target, mount => mount.TmpfsOptions)),
        VolumesFrom = NullIfEmpty(settings.VolumesFrom.Select(from => from.StartsWith("container:", StringComparison.Ordinal) ? from["container:".Length..] : "service:" + from).ToValueList()),
        PortBindings = NullIfEmpty(settings.Ports.GroupBy(Port).ToValueMap(group => group.Key, group => group.Order().Select(Binding).ToValueList())),
        NetworkMode = settings.NetworkMode.Kind switch
        {
            NetworkModeKind.None => "none",
            NetworkModeKind.Host => "host",
            NetworkModeKind.Bridge => "bridge",
            NetworkModeKind.Service => "service:" + settings.NetworkMode.Of,
            NetworkModeKind.Container => "container:" + settings.NetworkMode.Of,
            _ => settings.Networks.Count == 0 ? "none" : null,
        },
        LogConfig = settings.Logging is { } logging ? new(logging.Driver, NullIfEmpty(logging.Options)) : null,
        CapAdd = NullIfEmpty(settings.CapAdd),
        CapDrop = NullIfEmpty(settings.CapDrop),
        SecurityOpt = NullIfEmpty(settings.SecurityOpt),
        Privileged = NullUnless(settings.Privileged),
        ReadonlyRootfs = NullUnless(settings.ReadOnly),
        Dns = NullIfEmpty(settings.Dns),
        DnsSearch = NullIfEmpty(settings.DnsSearch),
        DnsOptions = NullIfEmpty(settings.DnsOptions),
        ExtraHosts = NullIfEmpty(settings.ExtraHosts),
        GroupAdd = NullIfEmpty(settings.GroupAdd),
        IpcMode = settings.Ipc,
        PidMode = settings.Pid,
        UtsMode = settings.Uts,
        UsernsMode = settings.UsernsMode,
        CgroupnsMode = settings.Cgroup,
        CgroupParent = settings.CgroupParent,
        Runtime = settings.Runtime,
        Init = settings.Init,
        ShmSize = settings.SharedMemory?.Bytes,
        Sysctls = NullIfEmpty(settings.Sysctls),
        Ulimits = NullIfEmpty(settings.Ulimits.Select(limit => new UlimitBody(limit.Key, limit.Value.Soft, limit.Value.Hard)).ToValueList()),
        Devices = NullIfEmpty(settings.Devices.Where(device => !IsCdi(device)).Select(device => new DeviceBody(device.Source, device.Target, device.Permissions)).ToValueList()),
        DeviceCgroupRules = NullIfEmpty(settings.DeviceCgroupRules),
        DeviceRequests = NullIfEmpty(settings.DeviceRequests.Select(Request)
            .Concat(settings.Devices.Where(IsCdi).Select(device => new DeviceRequestBody { Driver = "cdi", DeviceIds = [device.Source] })).ToValueList()),
        StorageOpt = NullIfEmpty(settings.StorageOptions),
        Annotations = NullIfEmpty(settings.Annotations),
        OomKillDisable = settings.OomKillDisable,
        OomScoreAdj = settings.OomScoreAdjustment,
        CpuRealtimePeriod = settings.Resources.CpuRealtimePeriod,
        CpuRealtimeRuntime = settings.Resources.CpuRealtimeRuntime,
        MemorySwappiness = settings.Resources.MemorySwappiness,
        BlkioWeight = settings.Resources.BlockIoWeight,
    };

    private static HealthBody Health(Healthcheck check) => check.IsDisabled ? new() { Test = ["NONE"] } : new()
    {
        Test = check.Test.Count > 0 ? check.Test : null,
        Interval = Nanoseconds(check.Interval),
        Timeout = Nanoseconds(check.Timeout),
        StartPeriod = Nanoseconds(check.StartPeriod),
        StartInterval = Nanoseconds(check.StartInterval),
        Retries = check.Retries,
    };

    private static long? Nanoseconds(TimeSpan? span) => span is { } time ? time.Ticks * TimeSpan.NanosecondsPerTick : null;

    private static string Port(PublishedPort port) => string.Create(CultureInfo.InvariantCulture, $"{port.ContainerPort}/{port.Protocol}");

    private static PortBinding Binding(PublishedPort port) => new(port.HostAddress, port.HostPort == 0 ? ""
        : port.HostPortEnd > port.HostPort ? string.Create(CultureInfo.InvariantCulture, $"{port.HostPort}-{port.HostPortEnd}")
        : port.HostPort.ToString(CultureInfo.InvariantCulture));

    /// <remarks>Only the short form makes a missing host folder and knows SELinux labels.</remarks>
    private static bool IsShortBind(Mount mount) => mount.Kind == MountKind.Bind && (mount.CreatesHostPath || mount.SelinuxLabel.Length > 0);

    private static bool IsShortTmpfs(Mount mount) => mount.Kind == MountKind.Tmpfs && mount.TmpfsSize is null && mount.TmpfsMode is null;

    private static string Bind(Mount mount)
    {
        var options = string.Join(',', new[] { mount.IsReadOnly ? "ro" : "", mount.SelinuxLabel, mount.Propagation }.Where(option => option.Length > 0));
        return $"{mount.Source}:{mount.Target}{(options.Length > 0 ? ":" : "")}{options}";
    }

    private static MountBody? Mount(Mount mount, Func<string, string> volumeName) => mount.Kind switch
    {
        MountKind.Bind => new()
        {
            Type = "bind",
            Source = mount.Source,
            Target = mount.Target,
            ReadOnly = NullUnless(mount.IsReadOnly),
            BindOptions = mount.Propagation.Length > 0 ? new(mount.Propagation) : null,
        },
        MountKind.Volume => new()
        {
            Type = "volume",
            Source = mount.Source.Length > 0 ? volumeName(mount.Source) : null,
            Target = mount.Target,
            ReadOnly = NullUnless(mount.IsReadOnly),
            VolumeOptions = mount.IsNoCopy || mount.SubPath.Length > 0 ? new(NullUnless(mount.IsNoCopy), mount.SubPath.Length > 0 ? mount.SubPath : null) : null,
        },
        MountKind.Tmpfs when !IsShortTmpfs(mount) => new()
        {
            Type = "tmpfs",
            Target = mount.Target,
            ReadOnly = NullUnless(mount.IsReadOnly),
            TmpfsOptions = new(mount.TmpfsSize?.Bytes, mount.TmpfsMode),
        },
        _ => null,
    };

    /// <remarks>A name in the form <c>vendor.com/class=name</c> instead of a path. Source: Container Device Interface.</remarks>
    private static bool IsCdi(Device device) => !device.Source.StartsWith('/') && device.Source.Contains('=', StringComparison.Ordinal);

    private static DeviceRequestBody Request(DeviceRequest request) => new()
    {
        Driver = request.Driver.Length > 0 ? request.Driver : null,
        Count = request.Ids.Count > 0 || request.Count == 0 ? null : request.Count,
        DeviceIds = NullIfEmpty(request.Ids),
        Capabilities = request.Capabilities.Count > 0 ? [request.Capabilities] : null,
        Options = NullIfEmpty(request.Options),
    };

    private static bool? NullUnless(bool value) => value ? true : null;

    private static ValueList<T>? NullIfEmpty<T>(ValueList<T> list) => list.Count == 0 ? null : list;

    private static ValueMap<T>? NullIfEmpty<T>(ValueMap<T> map) => map.Count == 0 ? null : map;
}
