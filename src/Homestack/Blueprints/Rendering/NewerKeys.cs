namespace Homestack.Blueprints.Rendering;

/// <summary>Finds what only newer Compose programs understand, for a note: it cannot be said in any older way.</summary>
/// <remarks>Older: the Compose file schema of docker-compose 1.29, the last one in Python.</remarks>
internal static class NewerKeys
{
    /// <summary>The keys of a service, each with the path under which it stands.</summary>
    public static IEnumerable<string> Of(Service service)
    {
        var (container, build) = (service.Container, service.Image.Build);
        (string Key, bool IsUsed)[] keys =
        [
            ("annotations", container.Annotations.Count > 0),
            ("cgroup", container.Cgroup is not null),
            ("uts", container.Uts is not null),
            ("healthcheck.start_interval", container.Healthcheck?.StartInterval is not null),
            ("depends_on.restart", service.DependsOn.Any(dependency => dependency.Value.RestartsWith && !SharedNamespaces.Of(container).Contains(dependency.Key))),
            ("depends_on.required", service.DependsOn.Values.Any(dependency => !dependency.IsRequired)),
            ("networks.driver_opts", container.Networks.Values.Any(network => network.DriverOptions.Count > 0)),
            ("networks.mac_address", container.Networks.Values.Any(network => network.MacAddress is not null)),
            ("volumes.bind", container.Mounts.Any(mount => mount.Kind == MountKind.Bind && !mount.CreatesHostPath && (mount.Propagation.Length > 0 || mount.SelinuxLabel.Length > 0))),
            ("volumes.volume.subpath", container.Mounts.Any(mount => mount.SubPath.Length > 0)),
            ("volumes.tmpfs.mode", container.Mounts.Any(mount => mount.TmpfsMode is not null)),
            ("build.dockerfile_inline", build is { DockerfileInline.Length: > 0 }),
            ("build.tags", build is { Tags.Count: > 0 }),
            ("build.no_cache", build is { NoCache: true }),
            ("build.pull", build is { PullBase: true }),
        ];
        return keys.Where(key => key.IsUsed).Select(key => key.Key);
    }
}
