using System.Globalization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers.Importing;

/// <summary>A container in the engine's words → its settings in Compose's words. The counterpart of <see cref="BodyBuilder"/>. Pure.</summary>
/// <remarks>What the image says already is left out. Networks, mounts, environment and shared namespaces need names and are filled in by <see cref="Importer"/>.</remarks>
internal static class SettingsReader
{
    public static ContainerSettings Read(ContainerObserved there)
    {
        var (body, host) = (there.Body, there.Body.HostConfig ?? new());
        return new()
        {
            Command = body.Cmd,
            Entrypoint = body.Entrypoint,
            Labels = body.Labels ?? ValueMap<string>.Empty,
            Annotations = host.Annotations ?? ValueMap<string>.Empty,
            Hostname = body.Hostname,
            DomainName = body.Domainname,
            User = body.User,
            GroupAdd = host.GroupAdd ?? [],
            WorkingDirectory = body.WorkingDir,
            StopSignal = body.StopSignal,
            StopGracePeriod = body.StopTimeout is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(10),
            Init = host.Init,
            Tty = body.Tty == true,
            StdinOpen = body.OpenStdin == true,
            ReadOnly = host.ReadonlyRootfs == true,
            Privileged = host.Privileged == true,
            CapAdd = host.CapAdd ?? [],
            CapDrop = host.CapDrop ?? [],
            SecurityOpt = host.SecurityOpt ?? [],
            CgroupParent = host.CgroupParent,
            Ipc = host.IpcMode,
            Pid = host.PidMode,
            Uts = host.UtsMode,
            UsernsMode = host.UsernsMode,
            Runtime = host.Runtime,
            SharedMemory = Bytes(host.ShmSize),
            Sysctls = host.Sysctls ?? ValueMap<string>.Empty,
            Ulimits = (host.Ulimits ?? []).ToValueMap(limit => limit.Name, limit => new Ulimit(limit.Soft, limit.Hard)),
            Devices = Devices(host),
            DeviceCgroupRules = host.DeviceCgroupRules ?? [],
            DeviceRequests = (host.DeviceRequests ?? []).Where(request => !IsCdi(request)).Select(Request).ToValueList(),
            Dns = host.Dns ?? [],
            DnsSearch = host.DnsSearch ?? [],
            DnsOptions = host.DnsOptions ?? [],
            ExtraHosts = host.ExtraHosts ?? [],
            Resources = Limits(there.Limits, host),
            OomKillDisable = host.OomKillDisable,
            OomScoreAdjustment = host.OomScoreAdj,
            Logging = host.LogConfig is { } logging ? new(logging.Type ?? "", logging.Config ?? ValueMap<string>.Empty) : null,
            Restart = Restart(there.Limits.RestartPolicy),
            Healthcheck = Health(body.Healthcheck),
            Ports = Ports(host).Order().ToValueList(),
            Expose = (body.ExposedPorts?.Keys ?? []).Order(StringComparer.Ordinal).ToValueList(),
            StorageOptions = host.StorageOpt ?? ValueMap<string>.Empty,
            MacAddress = body.MacAddress,
        };
    }

    private static Resources Limits(ContainerLimits limits, HostConfig host) => new()
    {
        NanoCpus = limits.NanoCpus,
        CpuShares = limits.CpuShares,
        CpuPeriod = limits.CpuPeriod,
        CpuQuota = limits.CpuQuota,
        CpuRealtimePeriod = host.CpuRealtimePeriod,
        CpuRealtimeRuntime = host.CpuRealtimeRuntime,
        CpuSet = limits.CpusetCpus,
        Memory = Bytes(limits.Memory),
        MemoryReservation = Bytes(limits.MemoryReservation),

        // The engine fills in twice the memory by itself.
        MemorySwap = limits.MemorySwap == limits.Memory * 2 ? null : Bytes(limits.MemorySwap),
        MemorySwappiness = host.MemorySwappiness,
        Pids = limits.PidsLimit,
        BlockIoWeight = host.BlkioWeight,
    };

    private static RestartPolicy Restart(RestartPolicyBody? policy) => policy?.Name switch
    {
        "always" => new(RestartCondition.Always, 0),
        "unless-stopped" => new(RestartCondition.UnlessStopped, 0),
        "on-failure" => new(RestartCondition.OnFailure, policy.MaximumRetryCount ?? 0),
        _ => new(RestartCondition.No, 0),
    };

    private static Healthcheck? Health(HealthBody? health) => health switch
    {
        null => null,
        { Test: ["NONE", ..] } => new() { IsDisabled = true },
        _ => new()
        {
            Test = health.Test ?? [],
            Interval = Span(health.Interval),
            Timeout = Span(health.Timeout),
            StartPeriod = Span(health.StartPeriod),
            StartInterval = Span(health.StartInterval),
            Retries = health.Retries,
        },
    };

    private static IEnumerable<PublishedPort> Ports(HostConfig host)
    {
        foreach (var (key, bindings) in host.PortBindings ?? ValueMap<ValueList<PortBinding>>.Empty)
        {
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            var (port, protocol) = slash < 0 ? (key, "tcp") : (key[..slash], key[(slash + 1)..]);
            foreach (var binding in bindings)
            {
                var range = (binding.HostPort ?? "").Split('-');
                yield return new(binding.HostIp ?? "", Number(range[0]), Number(range[^1]), Number(port), protocol);
            }
        }
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static ValueList<Device> Devices(HostConfig host) =>
    [
        .. (host.Devices ?? []).Select(device => new Device(device.PathOnHost, device.PathInContainer, device.CgroupPermissions)),
        .. (host.DeviceRequests ?? []).Where(IsCdi).SelectMany(request => request.DeviceIds ?? []).Select(name => new Device(name, name, "rwm")),
    ];

    private static bool IsCdi(DeviceRequestBody request) => request.Driver == "cdi";

    private static DeviceRequest Request(DeviceRequestBody request) => new()
    {
        Driver = request.Driver ?? "",
        Count = request.Count ?? 0,
        Ids = request.DeviceIds ?? [],
        Capabilities = request.Capabilities is [var first, ..] ? first : [],
        Options = request.Options ?? ValueMap<string>.Empty,
    };

    private static ByteSize? Bytes(long? bytes) => bytes is { } size ? new(size) : null;

    private static TimeSpan? Span(long? nanoseconds) => nanoseconds is { } value ? TimeSpan.FromTicks(value / TimeSpan.NanosecondsPerTick) : null;
}
