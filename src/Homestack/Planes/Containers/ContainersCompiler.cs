using System.Globalization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>Blueprint → what must be in the container engines. Pure.</summary>
/// <remarks>Adds HS3011 and HS3012. A network or volume is wanted on every host where a service uses it.</remarks>
public static class ContainersCompiler
{
    public static ContainersDesired Compile(Blueprint blueprint, DiagnosticBag diagnostics)
    {
        var containers = new List<Container>();
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (owner, service) in blueprint.Services)
        {
            for (var instance = 1; instance <= service.Instances; instance++)
            {
                var container = Compile(blueprint, owner, service, instance);
                containers.Add(container);
                if (!owners.TryAdd($"{container.Host}/{container.Name}", owner))
                {
                    diagnostics.Add(ContainersDiagnostics.EngineNameTwice(container.Name, owners[$"{container.Host}/{container.Name}"], owner));
                }
            }

            if (service.Host != Host.Local && IsRemote(blueprint, service.Host) && service.Container.Mounts.Any(mount => mount.Kind == MountKind.Content))
            {
                diagnostics.Add(ContainersDiagnostics.FilesOnRemoteHost(owner, service.Host, service.Place));
            }
        }

        return new()
        {
            Home = blueprint.Home,
            Hosts = blueprint.Hosts,
            Containers = containers.ToValueList(),
            Networks = blueprint.Services.Values.SelectMany(service => service.Container.Networks.Keys.Select(key => (key, service.Host))).Distinct()
                .Where(use => blueprint.Networks.ContainsKey(use.key)).OrderBy(use => use.key, StringComparer.Ordinal).ThenBy(use => use.Host, StringComparer.Ordinal)
                .Select(use => Compile(use.key, blueprint.Networks[use.key], use.Host)).ToValueList(),
            Volumes = blueprint.Services.Values.SelectMany(service => VolumesOf(service).Select(key => (key, service.Host))).Distinct()
                .Where(use => blueprint.Volumes.ContainsKey(use.key)).OrderBy(use => use.key, StringComparer.Ordinal).ThenBy(use => use.Host, StringComparer.Ordinal)
                .Select(use => Compile(use.key, blueprint.Volumes[use.key], use.Host)).ToValueList(),
        };
    }

    private static bool IsRemote(Blueprint blueprint, string host) =>
        blueprint.Hosts.TryGetValue(host, out var known) && !known.Engine.StartsWith("unix://", StringComparison.Ordinal);

    private static IEnumerable<string> VolumesOf(Service service) =>
        service.Container.Mounts.Where(mount => mount is { Kind: MountKind.Volume, Source.Length: > 0 }).Select(mount => mount.Source);

    private static Container Compile(Blueprint blueprint, string owner, Service service, int instance)
    {
        var settings = service.Container;
        var name = $"{blueprint.Home}-{service.Stack}-{service.Name}";
        return new()
        {
            Host = service.Host,
            Stack = service.Stack,
            Service = service.Name,
            Instance = instance,
            Name = instance == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{instance}"),
            Place = service.Place,
            Image = service.Image,
            Body = BodyBuilder.Build(settings, key => blueprint.Volumes.TryGetValue(key, out var volume) ? volume.EngineName : key),
            Environment = settings.Environment,
            Files = settings.Mounts.Where(mount => mount.Kind == MountKind.Content)
                .Select(mount => new ContentFile(mount.Target, mount.Content ?? Text.Literal(""), mount.Owner)).ToValueList(),
            Limits = BodyBuilder.Limits(settings),
            Networks = settings.NetworkMode.Kind == NetworkModeKind.Networks ? Attachments(blueprint, service) : null,
            DependsOn = service.DependsOn,
            SharesWith = SharesWith(settings),
            Awaited = Awaited(blueprint, owner),
            Sleeps = service.Exposure.Sleep is not null,
            Uses = settings.Networks.Keys.Where(key => blueprint.Networks.TryGetValue(key, out var network) && !network.IsExternal).Select(key => NetworkResource(key, service.Host))
                .Concat(VolumesOf(service).Where(key => blueprint.Volumes.TryGetValue(key, out var volume) && !volume.IsExternal).Select(key => VolumeResource(key, service.Host)))
                .Distinct().Order().ToValueList(),
            Adopt = instance == 1 ? service.Adopt : "",
        };
    }

    private static ValueList<Attachment> Attachments(Blueprint blueprint, Service service) =>
        service.Container.Networks.OrderByDescending(network => network.Value.Priority).ThenBy(network => network.Key, StringComparer.Ordinal)
            .Select(network => new Attachment(
                blueprint.Networks.TryGetValue(network.Key, out var declared) ? declared.EngineName : network.Key,
                new()
                {
                    Aliases = network.Value.Aliases.Append(service.Name).Distinct().Order(StringComparer.Ordinal).ToValueList(),
                    Addresses = network.Value is { Ipv4Address: null, Ipv6Address: null, LinkLocalAddresses.Count: 0 } ? null : new()
                    {
                        Ipv4Address = network.Value.Ipv4Address,
                        Ipv6Address = network.Value.Ipv6Address,
                        LinkLocalAddresses = network.Value.LinkLocalAddresses.Count > 0 ? network.Value.LinkLocalAddresses : null,
                    },
                    DriverOpts = network.Value.DriverOptions.Count > 0 ? network.Value.DriverOptions : null,
                    MacAddress = network.Value.MacAddress,
                }))
            .ToValueList();

    private static ValueList<string> SharesWith(ContainerSettings settings)
    {
        const string prefix = "service:";
        var shared = new List<string>();
        if (settings.NetworkMode.Kind == NetworkModeKind.Service)
        {
            shared.Add(settings.NetworkMode.Of);
        }

        shared.AddRange(new[] { settings.Ipc, settings.Pid }.OfType<string>().Where(mode => mode.StartsWith(prefix, StringComparison.Ordinal)).Select(mode => mode[prefix.Length..]));
        shared.AddRange(settings.VolumesFrom.Where(from => !from.StartsWith("container:", StringComparison.Ordinal)).Select(from => from.Split(':')[0]));
        return shared.Distinct().Order(StringComparer.Ordinal).ToValueList();
    }

    private static DependencyCondition? Awaited(Blueprint blueprint, string owner)
    {
        var conditions = blueprint.Services.Values.SelectMany(other => other.DependsOn).Where(dependency => dependency.Key == owner).Select(dependency => dependency.Value.Condition).ToArray();
        return conditions.Contains(DependencyCondition.CompletedSuccessfully) ? DependencyCondition.CompletedSuccessfully
            : conditions.Contains(DependencyCondition.Healthy) ? DependencyCondition.Healthy : null;
    }

    private static ResourceId NetworkResource(string key, string host) => new(ResourceNames.Plane, "network", ResourceNames.OnHost(key, host));

    private static ResourceId VolumeResource(string key, string host) => new(ResourceNames.Plane, "volume", ResourceNames.OnHost(key, host));

    private static NetworkWanted Compile(string key, Network network, string host) => new()
    {
        Host = host,
        Resource = NetworkResource(key, host),
        Label = $"network:{key}",
        Place = network.Place,
        IsExternal = network.IsExternal,
        Body = new()
        {
            Name = network.EngineName,
            Driver = network.Driver.Length > 0 ? network.Driver : "bridge",
            CheckDuplicate = true,
            Internal = network.IsInternal ? true : null,
            Attachable = network.IsAttachable ? true : null,
            EnableIpv6 = network.HasIpv6 ? true : null,
            Options = network.DriverOptions.Count > 0 ? network.DriverOptions : null,
            Labels = network.Labels.Count > 0 ? network.Labels : null,
            Ipam = network.IpamDriver.Length == 0 && network.IpamOptions.Count == 0 && network.Pools.Count == 0 ? null : new(
                network.IpamDriver.Length > 0 ? network.IpamDriver : "default",
                network.IpamOptions.Count > 0 ? network.IpamOptions : null,
                network.Pools.Select(pool => new IpamPool
                {
                    Subnet = NullIfEmpty(pool.Subnet),
                    IpRange = NullIfEmpty(pool.IpRange),
                    Gateway = NullIfEmpty(pool.Gateway),
                    AuxiliaryAddresses = pool.AuxiliaryAddresses.Count > 0 ? pool.AuxiliaryAddresses : null,
                }).ToValueList()),
        },
    };

    private static VolumeWanted Compile(string key, Volume volume, string host) => new()
    {
        Host = host,
        Resource = VolumeResource(key, host),
        Label = $"volume:{key}",
        Place = volume.Place,
        IsExternal = volume.IsExternal,
        Body = new()
        {
            Name = volume.EngineName,
            Driver = volume.Driver.Length > 0 ? volume.Driver : "local",
            DriverOpts = volume.DriverOptions.Count > 0 ? volume.DriverOptions : null,
            Labels = volume.Labels.Count > 0 ? volume.Labels : null,
        },
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
