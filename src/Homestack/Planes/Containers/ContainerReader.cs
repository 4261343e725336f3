using System.Globalization;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>What an engine shows of a container → the same words in which one is wanted, without what only comes from its image. Pure.</summary>
/// <remarks>A container that was read and is wanted as it was read compares equal: this is what taking over and importing rest on.</remarks>
public static class ContainerReader
{
    private const int ShortId = 12;

    /// <summary>What other Compose programs note on their containers; it says nothing about what runs.</summary>
    private const string ComposeLabels = "com.docker.compose.";

    /// <param name="container">Inspected.</param>
    /// <param name="image">Its image; null when the image is gone.</param>
    public static ContainerObserved Read(ContainerInspection container, ImageInspection? image)
    {
        var labels = container.Config.Labels ?? ValueMap<string>.Empty;
        return new()
        {
            Id = container.Id,
            Name = container.Name.TrimStart('/'),
            Label = labels.GetValueOrDefault(OwnLabels.Resource, ""),
            Instance = int.TryParse(labels.GetValueOrDefault(OwnLabels.Instance), NumberStyles.None, CultureInfo.InvariantCulture, out var instance) ? instance : 1,
            Digest = labels.GetValueOrDefault(OwnLabels.Digest, ""),
            ImageId = container.Image,
            ImageName = container.Config.Image ?? "",
            Phase = container.State.Status switch
            {
                "running" => ContainerPhase.Running,
                "restarting" => ContainerPhase.Restarting,
                "paused" => ContainerPhase.Paused,
                "created" => ContainerPhase.Created,
                "dead" or "removing" => ContainerPhase.Dead,
                _ => ContainerPhase.Exited,
            },
            ExitCode = container.State.Status == "running" ? 0 : container.State.ExitCode,
            IsHealthy = container.State.Health is { Status: not ("none" or "") } health ? health.Status == "healthy" : null,
            Body = Body(container, image?.Config),
            Environment = Environment(container.Config.Env, image?.Config?.Env).ToValueMap(pair => pair.Key, pair => ContentDigest.Of(pair.Value)),
            Limits = Limits(container.HostConfig),
            Networks = Networks(container),
            // The engine shows them in another order each time.
            Mounts = (container.Mounts ?? []).OrderBy(mount => mount.Destination, StringComparer.Ordinal).ToValueList(),
        };
    }

    /// <summary>The variables that do not come from the image, by name.</summary>
    public static ValueMap<string> Environment(ValueList<string>? own, ValueList<string>? image)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (own ?? []).Except(image ?? []))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            variables[equals < 0 ? pair : pair[..equals]] = equals < 0 ? "" : pair[(equals + 1)..];
        }

        return variables.ToValueMap();
    }

    private static ContainerBody Body(ContainerInspection container, ContainerBody? image)
    {
        var config = container.Config;
        return BodyNormal.Of(config with
        {
            // Another entrypoint drops the image's command, so that an equal one was asked for.
            Cmd = config.Cmd == image?.Cmd && config.Entrypoint == image?.Entrypoint ? null : config.Cmd,
            Entrypoint = config.Entrypoint == image?.Entrypoint ? null : config.Entrypoint,
            WorkingDir = config.WorkingDir == image?.WorkingDir ? null : config.WorkingDir,
            User = config.User == image?.User ? null : config.User,
            StopSignal = config.StopSignal == image?.StopSignal ? null : config.StopSignal,
            Healthcheck = config.Healthcheck == image?.Healthcheck ? null : config.Healthcheck,
            Labels = config.Labels?.Where(label => !label.Key.StartsWith(ComposeLabels, StringComparison.Ordinal) && image?.Labels?.GetValueOrDefault(label.Key) != label.Value).ToValueMap(),
            ExposedPorts = config.ExposedPorts?.Where(port => image?.ExposedPorts?.ContainsKey(port.Key) != true).ToValueMap(),

            // The engine names a container that was given no host name after its id, or after the machine or container whose network it shares.
            Hostname = config.Hostname is { } name && (container.Id.StartsWith(name, StringComparison.Ordinal) || SharesNetwork(container)) ? null : config.Hostname,

            // Its networks are compared by themselves; the mode only repeats the first one's name.
            HostConfig = container.HostConfig with
            {
                NetworkMode = IsOwnNetworks(container) ? null : container.HostConfig.NetworkMode,
                Mounts = [.. container.HostConfig.Mounts ?? [], .. AnonymousVolumes(container, image)],
            },
        });
    }

    /// <summary>Volumes without a name that were asked for as a path alone; those that the image asks for come from it.</summary>
    public static IEnumerable<MountBody> AnonymousVolumes(ContainerInspection container, ContainerBody? image)
    {
        var asked = (container.HostConfig.Mounts ?? []).Select(mount => mount.Target).Concat((container.HostConfig.Binds ?? []).Select(bind => bind.Split(':').ElementAtOrDefault(1) ?? "")).ToHashSet(StringComparer.Ordinal);
        return (container.Mounts ?? []).Where(mount => mount is { Type: "volume", Name.Length: > 0 } && container.Config.Volumes?.ContainsKey(mount.Destination) == true
                && image?.Volumes?.ContainsKey(mount.Destination) != true && !asked.Contains(mount.Destination))
            .Select(mount => new MountBody { Type = "volume", Source = mount.Name, Target = mount.Destination });
    }

    private static bool SharesNetwork(ContainerInspection container) =>
        container.HostConfig.NetworkMode is { } mode && (mode == "host" || mode.StartsWith("container:", StringComparison.Ordinal));

    private static bool IsOwnNetworks(ContainerInspection container) =>
        container.HostConfig.NetworkMode is not ("host" or "none" or "bridge" or "default") && container.HostConfig.NetworkMode?.StartsWith("container:", StringComparison.Ordinal) != true;

    private static ContainerLimits Limits(HostConfig host) => new()
    {
        NanoCpus = NullIfZero(host.NanoCpus),
        CpuShares = NullIfZero(host.CpuShares),
        CpuPeriod = NullIfZero(host.CpuPeriod),
        CpuQuota = NullIfZero(host.CpuQuota),
        CpusetCpus = string.IsNullOrEmpty(host.CpusetCpus) ? null : host.CpusetCpus,
        Memory = NullIfZero(host.Memory),
        MemoryReservation = NullIfZero(host.MemoryReservation),
        MemorySwap = NullIfZero(host.MemorySwap),
        PidsLimit = host.PidsLimit is > 0 ? host.PidsLimit : null,
        RestartPolicy = host.RestartPolicy is null or { Name: null or "" or "no" } ? null
            : host.RestartPolicy with { MaximumRetryCount = host.RestartPolicy.MaximumRetryCount is > 0 ? host.RestartPolicy.MaximumRetryCount : null },
    };

    private static ValueMap<EndpointSettings> Networks(ContainerInspection container) =>
        (container.NetworkSettings.Networks ?? ValueMap<EndpointSettings>.Empty)
        .Where(network => network.Key is not ("host" or "none"))
        .ToValueMap(network => network.Key, network => new EndpointSettings
        {
            // The engine adds the container's short id and its host name to the aliases that were asked for.
            Aliases = (network.Value.Aliases ?? []).Where(alias => (alias.Length != ShortId || !container.Id.StartsWith(alias, StringComparison.Ordinal)) && alias != container.Config.Hostname)
                .Distinct().Order(StringComparer.Ordinal).ToValueList(),
            Addresses = network.Value.Addresses is null or { Ipv4Address: null or "", Ipv6Address: null or "", LinkLocalAddresses: null or { Count: 0 } } ? null : new()
            {
                Ipv4Address = string.IsNullOrEmpty(network.Value.Addresses.Ipv4Address) ? null : network.Value.Addresses.Ipv4Address,
                Ipv6Address = string.IsNullOrEmpty(network.Value.Addresses.Ipv6Address) ? null : network.Value.Addresses.Ipv6Address,
                LinkLocalAddresses = network.Value.Addresses.LinkLocalAddresses is { Count: > 0 } addresses ? addresses : null,
            },
            NetworkId = network.Value.NetworkId,
        });

    private static long? NullIfZero(long? value) => value is 0 ? null : value;
}
