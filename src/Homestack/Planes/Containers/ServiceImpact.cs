using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>What people feel of a change to a service's container. Pure.</summary>
internal static class ServiceImpact
{
    private static readonly TimeSpan StopAndStart = TimeSpan.FromSeconds(20);

    public static ChangeImpact Of(ServiceOutcome outcome)
    {
        var wanted = outcome.Wanted;
        var wasOpen = outcome.Old is { } old ? Ports(old.Body).ToHashSet(StringComparer.Ordinal) : outcome.Kept is not null ? Ports(wanted.Body).ToHashSet(StringComparer.Ordinal) : [];
        var isOpen = Ports(wanted.Body).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            IsInterrupted = outcome.IsInterrupted,
            Downtime = outcome.IsInterrupted ? StopAndStart : null,
            Data = outcome.IsNew || outcome.Old is not null ? Mounted(wanted.Body) : [],
            BecomesReachable = isOpen.Except(wasOpen).Order(StringComparer.Ordinal).ToValueList(),
            StopsBeingReachable = wasOpen.Except(isOpen).Order(StringComparer.Ordinal).ToValueList(),
            Lines = Lines(outcome).ToValueList(),
        };
    }

    /// <summary>Where an engine publishes, such as <c>127.0.0.1:8080</c> or <c>*:53/udp</c>.</summary>
    public static IEnumerable<string> Ports(ContainerBody body) =>
        (BodyNormal.Of(body).HostConfig?.PortBindings ?? ValueMap<ValueList<PortBinding>>.Empty).SelectMany(port => port.Value.Select(binding =>
            $"{(string.IsNullOrEmpty(binding.HostIp) ? "*" : binding.HostIp)}:{(string.IsNullOrEmpty(binding.HostPort) ? "any" : binding.HostPort)}{(port.Key.EndsWith("/tcp", StringComparison.Ordinal) ? "" : port.Key[port.Key.IndexOf('/', StringComparison.Ordinal)..])}"));

    /// <summary>Volumes and folders of a container that is there, each with what becomes of it.</summary>
    public static IEnumerable<string> Stays(ContainerObserved there) => there.Mounts.Where(mount => mount.Type is "volume" or "bind").OrderBy(mount => mount.Destination, StringComparer.Ordinal)
        .Select(mount => mount.Type == "volume" ? $"volume {mount.Name} stays" : $"folder {mount.Source} stays");

    private static ValueList<string> Mounted(ContainerBody body) => (BodyNormal.Of(body).HostConfig?.Mounts ?? []).Where(mount => mount is { Type: "volume" or "bind", Source: not null })
        .Select(mount => $"{(mount.Type == "volume" ? "volume" : "folder")} {mount.Source} is mounted{(mount.ReadOnly == true ? " read-only" : "")}, not changed").ToValueList();

    private static IEnumerable<ImpactLine> Lines(ServiceOutcome outcome)
    {
        if (!outcome.IsNew)
        {
            yield break;
        }

        yield return new("image", $"{outcome.Wanted.Image.Reference}{outcome.Image?.Step switch { PullImage => ", pull", BuildImage => ", build", _ => "" }}");
        if (outcome.Wanted.Body.User is { Length: > 0 } user)
        {
            yield return new("runs as", user);
        }

        if (outcome.Old is not null)
        {
            yield return new("restarts", outcome.IsInterrupted ? "about 20 s away; the old one is kept until the new one is well" : "no gap: the new one is well before the old one stops");
        }
    }
}
