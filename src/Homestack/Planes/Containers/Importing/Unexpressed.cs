using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers.Importing;

/// <summary>Finds what a container has and a Compose file cannot say, so that it is left out instead of half imported. Pure.</summary>
internal static class Unexpressed
{
    /// <summary>Why it cannot be imported; null when it can.</summary>
    public static string? Reason(FoundContainer found)
    {
        var host = found.Container.HostConfig;
        var networks = found.Container.NetworkSettings.Networks?.Keys.ToArray() ?? [];
        return host.AutoRemove == true ? "it removes itself when it stops (--rm), so nothing could be kept while it is replaced"
            : host.PublishAllPorts == true ? "it publishes all ports of its image at ports that change with every start (--publish-all); a file must name them"
            : host.Links is { Count: > 0 } ? "it uses links, which only exist on the engine's default network; put both containers on a network of their own"
            : host.VolumeDriver is { Length: > 0 } and not "local" ? $"it names the volume driver {host.VolumeDriver} by itself; a file names it with the volume"
            : host.CpusetMems is { Length: > 0 } ? "it is bound to memory nodes (--cpuset-mems)"
            : host is { MaskedPaths.Count: 0, Privileged: not true } ? "the protection of /proc is turned off for it (systempaths=unconfined)"
            : LimitsDevices(host) ? "it has limits for single devices (--device-read-bps and the like)"
            : host.DeviceRequests?.Any(request => request.Capabilities is { Count: > 1 }) == true ? "it asks for alternative sets of devices"
            : host.Mounts?.Any(mount => mount.Type is not ("bind" or "volume" or "tmpfs")) == true ? "it mounts something that is no folder, volume or tmpfs"
            : networks.Length > 1 && networks.Contains("bridge") ? "it is attached to the engine's default network and to others; a file can say only one of the two"
            : IsDefaultNetwork(host) && networks.Any(network => network != "bridge") ? "it was made on the engine's default network and was moved"
            : null;
    }

    public static bool IsDefaultNetwork(HostConfig host) => host.NetworkMode is null or "" or "default" or "bridge";

    private static bool LimitsDevices(HostConfig host) =>
        host.BlkioWeightDevice is { Count: > 0 } || host.BlkioDeviceReadBps is { Count: > 0 } || host.BlkioDeviceWriteBps is { Count: > 0 }
        || host.BlkioDeviceReadIops is { Count: > 0 } || host.BlkioDeviceWriteIops is { Count: > 0 };
}
