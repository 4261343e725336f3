using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Says in people's words what differs between a container that is there and the one that is wanted. Names only, never values. Pure.</summary>
public static class ContainerTopics
{
    /// <summary>Such as <c>environment changed: LANG, TZ; ports changed</c>; <c>settings changed</c> when nothing that can be seen differs.</summary>
    public static string Words(Container wanted, ContainerObserved there)
    {
        var words = new List<string>();
        var environment = Environment(wanted, there).ToArray();
        if (environment.Length > 0)
        {
            words.Add($"environment changed: {string.Join(", ", environment)}");
        }

        words.AddRange(Body(wanted, there).Select(topic => $"{topic} changed"));
        return words.Count == 0 ? Secrets(wanted) : string.Join("; ", words);
    }

    /// <summary>Variables that were added, removed or changed, as far as it can be seen without their secrets.</summary>
    public static IEnumerable<string> Environment(Container wanted, ContainerObserved there) =>
        wanted.Environment.Where(variable => !there.Environment.TryGetValue(variable.Key, out var digest)
                || (!variable.Value.Secrets.Any() && digest != ContentDigest.Of(variable.Value.Reveal(name => name)))).Select(variable => variable.Key)
            .Concat(there.Environment.Keys.Where(name => !wanted.Environment.ContainsKey(name))).Order(StringComparer.Ordinal);

    /// <summary>Topics of the body that differ, in a fixed order.</summary>
    public static IEnumerable<string> Body(Container wanted, ContainerObserved there)
    {
        var (left, right) = (BodyNormal.Of(wanted.Body), WithoutFiles(wanted, there.Body));
        var (leftHost, rightHost) = (left.HostConfig ?? new(), right.HostConfig ?? new());
        if (left.Cmd != right.Cmd || left.Entrypoint != right.Entrypoint)
        {
            yield return "command";
        }

        if (leftHost.PortBindings != rightHost.PortBindings || left.ExposedPorts != right.ExposedPorts)
        {
            yield return "ports";
        }

        if (leftHost.Mounts != rightHost.Mounts || leftHost.Tmpfs != rightHost.Tmpfs || Shared(leftHost.VolumesFrom) != Shared(rightHost.VolumesFrom))
        {
            yield return "mounts";
        }

        if (left.Labels != right.Labels)
        {
            yield return "labels";
        }

        if (left.Healthcheck != right.Healthcheck)
        {
            yield return "health check";
        }

        if (left.User != right.User || leftHost.CapAdd != rightHost.CapAdd || leftHost.CapDrop != rightHost.CapDrop || leftHost.Privileged != rightHost.Privileged
            || leftHost.SecurityOpt != rightHost.SecurityOpt || leftHost.ReadonlyRootfs != rightHost.ReadonlyRootfs)
        {
            yield return "rights";
        }

        if (leftHost.Devices != rightHost.Devices || leftHost.DeviceRequests != rightHost.DeviceRequests)
        {
            yield return "devices";
        }

        if (Shared(leftHost.NetworkMode) != Shared(rightHost.NetworkMode))
        {
            yield return "network mode";
        }

        if (Rest(left) != Rest(right))
        {
            yield return "settings";
        }
    }

    private static string Secrets(Container wanted)
    {
        var names = string.Join(", ", ContentDigest.Secrets(wanted));
        return names.Length == 0 ? "settings changed" : $"a secret changed: one of {names}";
    }

    /// <remarks>What this plane mounts for made files, and the anonymous volumes it carried over, are not in the wanted body.</remarks>
    private static ContainerBody WithoutFiles(Container wanted, ContainerBody there)
    {
        var host = there.HostConfig ?? new();
        var anonymous = (wanted.Body.HostConfig?.Mounts ?? []).Where(mount => mount is { Type: "volume", Source: null }).Select(mount => mount.Target).ToHashSet();
        var mounts = (host.Mounts ?? []).Where(mount => !wanted.Files.Any(file => file.Target == mount.Target))
            .Where(mount => anonymous.Contains(mount.Target) || !IsAnonymous(mount))
            .Select(mount => anonymous.Contains(mount.Target) ? mount with { Source = null } : mount).ToValueList();
        return there with { HostConfig = host with { Mounts = mounts.Count == 0 ? null : mounts } };
    }

    /// <remarks>The engine names an anonymous volume with 64 hexadecimal digits.</remarks>
    private static bool IsAnonymous(MountBody mount) => mount is { Type: "volume", Source.Length: 64 } && mount.Source.All(char.IsAsciiHexDigitLower);

    /// <remarks>Whose namespace it is cannot be compared by name: the engine shows an id.</remarks>
    private static string? Shared(string? mode) =>
        mode is not null && (mode.StartsWith("service:", StringComparison.Ordinal) || mode.StartsWith("container:", StringComparison.Ordinal)) ? "shared" : mode;

    private static int Shared(ValueList<string>? from) => from?.Count ?? 0;

    private static ContainerBody Rest(ContainerBody body) => body with
    {
        Cmd = null,
        Entrypoint = null,
        ExposedPorts = null,
        Labels = null,
        Healthcheck = null,
        User = null,
        HostConfig = (body.HostConfig ?? new()) with
        {
            PortBindings = null,
            Mounts = null,
            Tmpfs = null,
            VolumesFrom = null,
            CapAdd = null,
            CapDrop = null,
            Privileged = null,
            SecurityOpt = null,
            ReadonlyRootfs = null,
            Devices = null,
            DeviceRequests = null,
            NetworkMode = null,
            IpcMode = Shared(body.HostConfig?.IpcMode),
            PidMode = Shared(body.HostConfig?.PidMode),
        },
    };
}
