using Homestack.Collections;
using Homestack.Manifests.Compose;
using Homestack.Primitives;

namespace Homestack.Blueprints.Stacks;

/// <summary>Makes what the engine is told about the containers of a service.</summary>
internal static class ContainerBuilder
{
    private const string OwnLabels = "homestack.";

    public static ContainerSettings Build(ServiceSpec spec, ValueList<string> linkNames, StackNames names)
    {
        var (identity, privileges, limits) = (spec.Identity, spec.Privileges, spec.Limits);
        var mode = NetworkModeBuilder.Build(spec, names);
        return new()
        {
            Command = spec.Command,
            Entrypoint = spec.Entrypoint,
            Environment = BuildEnvironment(spec),
            Labels = BuildLabels(spec, names),
            Annotations = spec.Annotations.Plain(),
            Hostname = identity.Hostname?.Value,
            DomainName = identity.DomainName,
            User = identity.User,
            GroupAdd = identity.GroupAdd,
            WorkingDirectory = identity.WorkingDirectory,
            StopSignal = identity.StopSignal,
            StopGracePeriod = identity.StopGracePeriod ?? TimeSpan.FromSeconds(10),
            Init = identity.Init,
            Tty = identity.Tty,
            StdinOpen = identity.StdinOpen,
            ReadOnly = privileges.ReadOnly,
            Privileged = privileges.Privileged,
            CapAdd = Capabilities(privileges.CapAdd),
            CapDrop = Capabilities(privileges.CapDrop),
            SecurityOpt = privileges.SecurityOpt,
            CgroupParent = privileges.CgroupParent,
            Cgroup = privileges.Cgroup,
            Ipc = NetworkModeBuilder.BuildShared("ipc", privileges.Ipc, ["host", "shareable", "private", "none"], spec, names),
            Pid = NetworkModeBuilder.BuildShared("pid", privileges.Pid, ["host"], spec, names),
            Uts = privileges.Uts,
            UsernsMode = privileges.UsernsMode,
            Runtime = privileges.Runtime,
            SharedMemory = limits.SharedMemory,
            Sysctls = privileges.Sysctls.Plain(),
            Ulimits = limits.Ulimits.ToValueMap(entry => entry.Key, entry => new Ulimit(entry.Value.Soft, entry.Value.Hard)),
            Devices = privileges.Devices.Select(device => new Device(device.Source, device.Target, device.Permissions)).OrderBy(device => device.Target, StringComparer.Ordinal).ToValueList(),
            DeviceCgroupRules = privileges.DeviceCgroupRules,
            DeviceRequests = ResourceBuilder.BuildDevices(spec),
            Dns = identity.Dns,
            DnsSearch = identity.DnsSearch,
            DnsOptions = identity.DnsOptions,
            ExtraHosts = identity.ExtraHosts,
            Resources = ResourceBuilder.Build(spec, names),
            OomKillDisable = limits.OomKillDisable,
            OomScoreAdjustment = limits.OomScoreAdjustment,
            Logging = spec.Logging is { } logging ? new(logging.Driver ?? "", logging.Options.Plain()) : null,
            Restart = BuildRestart(spec),
            Healthcheck = BuildHealthcheck(spec.Healthcheck),
            NetworkMode = mode,
            Networks = mode.Kind == NetworkModeKind.Networks ? AttachmentBuilder.Build(spec, linkNames, names) : ValueMap<NetworkAttachment>.Empty,
            Ports = PortBuilder.Build(spec, mode, names),
            Expose = PortBuilder.BuildExpose(spec, names),
            Mounts = MountBuilder.Build(spec, names),
            StorageOptions = privileges.StorageOptions.Plain(),
            MacAddress = identity.MacAddress,
            VolumesFrom = spec.VolumesFrom.Select(from => MountBuilder.BuildVolumesFrom(from.Value, names)).ToValueList(),
        };
    }

    private static ValueMap<Text> BuildEnvironment(ServiceSpec spec)
    {
        // A secret of x-homestack wins over a value of the same name, which is there for docker compose.
        var values = spec.Environment.Where(entry => !spec.Extension.Secrets.ContainsKey(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Value));
        return values.Concat(spec.Extension.Secrets.Select(entry => KeyValuePair.Create(entry.Key, Text.SecretNamed(entry.Value.Value)))).ToValueMap();
    }

    private static ValueMap<string> BuildLabels(ServiceSpec spec, StackNames names)
    {
        foreach (var (label, value) in spec.Labels.Where(entry => entry.Key.StartsWith(OwnLabels, StringComparison.Ordinal)))
        {
            names.Diagnostics.Add(NameDiagnostics.ReservedLabel(label, value.Span, $"services.{spec.Name.Value}.labels"));
        }

        return spec.Labels.Plain();
    }

    private static ValueList<string> Capabilities(ValueList<string> written) =>
        written.Select(capability => capability.ToUpperInvariant()).Select(capability => capability.StartsWith("CAP_", StringComparison.Ordinal) ? capability[4..] : capability).Sorted();

    private static RestartPolicy BuildRestart(ServiceSpec spec)
    {
        if (spec.Restart is { } restart)
        {
            var colon = restart.Value.IndexOf(':', StringComparison.Ordinal);
            var word = colon < 0 ? restart.Value : restart.Value[..colon];
            var retries = colon < 0 || !int.TryParse(restart.Value[(colon + 1)..], out var number) ? 0 : number;
            return word switch
            {
                "always" => new(RestartCondition.Always, 0),
                "unless-stopped" => new(RestartCondition.UnlessStopped, 0),
                "on-failure" => new(RestartCondition.OnFailure, retries),
                _ => new(RestartCondition.No, 0),
            };
        }

        return spec.Deploy?.RestartPolicy switch
        {
            { Condition: "any" } => new(RestartCondition.Always, 0),
            { Condition: "on-failure" } policy => new(RestartCondition.OnFailure, policy.MaximumAttempts),
            _ => new(RestartCondition.No, 0),
        };
    }

    private static Healthcheck? BuildHealthcheck(HealthcheckSpec? spec) => spec is null ? null : new()
    {
        IsDisabled = spec.IsDisabled,
        Test = spec.Test ?? [],
        Interval = spec.Interval,
        Timeout = spec.Timeout,
        StartPeriod = spec.StartPeriod,
        StartInterval = spec.StartInterval,
        Retries = spec.Retries,
    };
}
