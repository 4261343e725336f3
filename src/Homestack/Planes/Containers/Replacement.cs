using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>The calls by which containers are made, and by which a new one takes the place of an old one. Pure.</summary>
/// <remarks>
/// Without a clash the new one runs and is well before the old one stops, so nothing is away. Where both cannot run at once (ports, writable data, fixed addresses,
/// a shared network, devices) the old one is stopped first and kept until the new one is well.
/// </remarks>
public static class Replacement
{
    private const string OldSuffix = "-old";

    private static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(10);

    /// <summary>The calls that make, attach and start a container that is not there.</summary>
    public static IEnumerable<ContainersChange> Make(Container wanted, string home, string image, string digest, ValueList<MountBody> carried)
    {
        yield return Create(wanted, home, image, digest, carried);
        foreach (var connect in ConnectRest(wanted, home))
        {
            yield return connect;
        }
    }

    /// <summary>The container that is made or will be: known by its name until it has an id.</summary>
    public static ContainerTarget New(Container wanted, string home) => new(wanted.Name, wanted.Name, home, wanted.Label);

    /// <summary>A container that is there. One that was taken over carries no label and is known by its full id.</summary>
    public static ContainerTarget There(ContainerObserved there, string home) => there.Label.Length == 0 ? new(there.Id, there.Name, "", "") : new(there.Id, there.Name, home, there.Label);

    /// <summary>The name that an old container has while its successor is not yet well.</summary>
    public static string OldName(Container wanted) => wanted.Name + OldSuffix;

    public static bool IsOldName(Container wanted, ContainerObserved there) => there.Name == OldName(wanted);

    public static TimeSpan Grace(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : UsualGrace;

    /// <summary>It runs, or may run by the time that something is done: one that sleeps may be woken meanwhile.</summary>
    public static bool IsActive(ContainerObserved there) => there is { Sleeps: true, Phase: ContainerPhase.Exited } || there.Phase is ContainerPhase.Running or ContainerPhase.Restarting or ContainerPhase.Paused;

    public static StartContainer Start(Container wanted, ContainerTarget target) => new(target, wanted.Files) { Host = wanted.Host };

    public static StopContainer Stop(ContainerObserved there, string home, string host) => new(There(there, home), Grace(there.Body.StopTimeout)) { Host = host };

    public static IEnumerable<ContainersChange> Remove(ContainerObserved there, string home, string host)
    {
        if (IsActive(there))
        {
            yield return Stop(there, home, host);
        }

        yield return new RemoveContainer(There(there, home)) { Host = host };
    }

    /// <summary>The second half of a replacement: the new one stands beside the old one, and takes over.</summary>
    public static IEnumerable<ContainersChange> TakeOver(Container wanted, ContainerTarget successor, ContainerObserved old, string home, bool isAlongside, bool isStarted)
    {
        // It was moved aside by now, and its calls say so.
        old = old.Name == wanted.Name ? old with { Name = OldName(wanted) } : old;
        var wait = new WaitUntilWell(successor, wanted.Awaited ?? DependencyCondition.Started) { Host = wanted.Host };
        if (!isAlongside && IsActive(old))
        {
            yield return Stop(old, home, wanted.Host);
        }

        if (!isStarted)
        {
            yield return Start(wanted, successor);
        }

        yield return wait;
        if (isAlongside && IsActive(old))
        {
            yield return Stop(old, home, wanted.Host);
        }

        yield return new RemoveContainer(There(old, home)) { Host = wanted.Host };
    }

    /// <summary>Puts the old one back: nothing of this happens to the old one itself when the replacement never got that far.</summary>
    public static IEnumerable<ContainersChange> WayBack(Container wanted, ContainerTarget successor, ContainerObserved old, string home)
    {
        yield return new StopContainer(successor, Grace(wanted.Body.StopTimeout), old.Id) { Host = wanted.Host };
        yield return new RemoveContainer(successor, old.Id) { Host = wanted.Host };
        if (old.Name == wanted.Name || IsOldName(wanted, old))
        {
            yield return new RenameContainer(There(old, home), wanted.Name) { Host = wanted.Host };
        }

        if (IsActive(old) || IsOldName(wanted, old))
        {
            yield return new StartContainer(There(old, home), []) { Host = wanted.Host };
        }
    }

    /// <summary>Anonymous volumes of the old container that the new one needs at the same place.</summary>
    public static ValueList<MountBody> Carried(Container wanted, ContainerObserved old, ImageObserved? image)
    {
        var places = (image?.Volumes ?? []).Concat((wanted.Body.HostConfig?.Mounts ?? []).Where(mount => mount is { Type: "volume", Source: null }).Select(mount => mount.Target)).ToHashSet(StringComparer.Ordinal);
        var given = (BodyNormal.Of(wanted.Body).HostConfig?.Mounts ?? []).Where(mount => mount.Source is not null || mount.Type != "volume").Select(mount => mount.Target).ToHashSet(StringComparer.Ordinal);
        return old.Mounts.Where(mount => mount is { Type: "volume", Name.Length: > 0 } && places.Contains(mount.Destination) && !given.Contains(mount.Destination))
            .OrderBy(mount => mount.Destination, StringComparer.Ordinal)
            .Select(mount => new MountBody { Type = "volume", Source = mount.Name, Target = mount.Destination, ReadOnly = mount.RW ? null : true }).ToValueList();
    }

    /// <summary>Both can run at the same time without being in each other's way.</summary>
    public static bool IsAlongside(Container wanted, ContainerObserved old, ValueList<MountBody> carried)
    {
        var (mine, theirs) = (BodyNormal.Of(wanted.Body).HostConfig ?? new(), old.Body.HostConfig ?? new());
        var taken = Ports(theirs).ToHashSet(StringComparer.Ordinal);
        return carried.Count == 0
            && wanted.Awaited != DependencyCondition.CompletedSuccessfully
            && wanted.Networks is { } networks && networks.All(network => network.Settings is { Addresses: null, MacAddress: null })
            && mine is { Devices: null, DeviceRequests: null, VolumesFrom: null } && wanted.Body.MacAddress is null
            && !Ports(mine).Any(taken.Contains)
            && !(mine.Mounts ?? []).Any(mount => mount.Type != "tmpfs" && mount.ReadOnly != true);
    }

    private static IEnumerable<string> Ports(HostConfig host) =>
        (host.PortBindings ?? ValueMap<ValueList<PortBinding>>.Empty).SelectMany(port => port.Value.Where(binding => binding.HostPort is { Length: > 0 })
            .Select(binding => $"{binding.HostPort}/{(port.Key.EndsWith("/udp", StringComparison.Ordinal) ? "udp" : "tcp")}"));

    private static CreateContainer Create(Container wanted, string home, string image, string digest, ValueList<MountBody> carried)
    {
        var (host, limits) = (wanted.Body.HostConfig ?? new(), wanted.Limits);
        var replaced = carried.Select(mount => mount.Target).ToHashSet(StringComparer.Ordinal);
        var mounts = (host.Mounts ?? []).Where(mount => !replaced.Contains(mount.Target)).Concat(carried).ToValueList();
        var first = wanted.Networks is { Count: > 0 } networks ? networks[0] : null;
        return new(wanted.Name, wanted.Image.Platform, wanted.Body with
        {
            Image = image,
            Labels = OwnLabels.On(wanted.Body.Labels, home, wanted.Label, digest, wanted.Instance),
            NetworkingConfig = first is null ? null : new(new[] { first }.ToValueMap(network => network.Network, network => network.Settings)),
            HostConfig = host with
            {
                Mounts = mounts.Count > 0 ? mounts : null,
                NetworkMode = first?.Network ?? host.NetworkMode,
                NanoCpus = limits.NanoCpus,
                CpuShares = limits.CpuShares,
                CpuPeriod = limits.CpuPeriod,
                CpuQuota = limits.CpuQuota,
                CpusetCpus = limits.CpusetCpus,
                Memory = limits.Memory,
                MemoryReservation = limits.MemoryReservation,
                MemorySwap = limits.MemorySwap,
                PidsLimit = limits.PidsLimit,
                RestartPolicy = limits.RestartPolicy,
            },
        }, wanted.Environment, wanted.Files) { Host = wanted.Host };
    }

    private static IEnumerable<ConnectNetwork> ConnectRest(Container wanted, string home) =>
        (wanted.Networks ?? []).Skip(1).Select(network => new ConnectNetwork(New(wanted, home), network.Network, network.Settings) { Host = wanted.Host });
}
