using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>Finds what carries our label and is no longer declared. Containers and networks go; volumes stay and are named. Pure.</summary>
internal static class OrphanDiffer
{
    public static IReadOnlyList<ResourceChange> Containers(ContainersDesired desired, ContainersObserved observed)
    {
        var wanted = desired.Containers.Select(container => (container.Host, container.Label, container.Instance)).ToHashSet();
        return
        [
            .. observed.Hosts.SelectMany(host => host.Value.Containers.Where(there => there.Label.Length > 0).Select(there => (Host: host.Key, There: there)))
                .Where(found => !wanted.Contains((found.Host, found.There.Label, found.There.Instance)))
                .GroupBy(found => (found.Host, found.There.Label, found.There.Instance))
                .Select(group => Delete(desired, group.Key.Host, group.Key.Label, group.Key.Instance, [.. group.Select(found => found.There)])),
        ];
    }

    public static IReadOnlyList<ResourceChange> Networks(ContainersDesired desired, ContainersObserved observed, IReadOnlyList<ResourceChange> changes, DiagnosticBag diagnostics)
    {
        var wanted = desired.Networks.Where(network => !network.IsExternal).Select(network => (network.Host, network.Label)).ToHashSet();
        var used = desired.Networks.Where(network => network.IsExternal).Select(network => (network.Host, network.Body.Name)).ToHashSet();
        var found = new List<ResourceChange>();
        foreach (var (host, there) in observed.Hosts.SelectMany(host => host.Value.Networks.Select(network => (host, network)))
            .Where(pair => !wanted.Contains((pair.host.Key, pair.network.Label)) && !used.Contains((pair.host.Key, pair.network.Name))))
        {
            var ours = host.Value.Containers.Select(container => container.Id).ToHashSet(StringComparer.Ordinal);
            var others = there.Members.Where(member => !ours.Contains(member.Key)).Select(member => member.Value).ToArray();
            if (others.Length > 0)
            {
                diagnostics.Add(ContainersDiagnostics.OrphanNetworkInUse(there.Name, string.Join(", ", others), host.Key));
                continue;
            }

            found.Add(new()
            {
                Resource = ResourceNames.Leftover(there.Label, 1, host.Key),
                Action = ChangeAction.Delete,
                Cause = $"{Words(there.Label)} is no longer declared",
                After = changes.Where(change => change.Resource.Kind == "service").Select(change => change.Resource).ToValueList(),
                Steps = [new RemoveNetwork(there.Id, there.Name, desired.Home, there.Label) { Host = host.Key }],
            });
        }

        // Two networks with one label (a hand-made copy) are one resource.
        return [.. found.GroupBy(change => change.Resource).Select(group => group.First() with { Steps = group.SelectMany(change => change.Steps).ToValueList() })];
    }

    private static ResourceChange Delete(ContainersDesired desired, string host, string label, int instance, ContainerObserved[] there)
    {
        var elsewhere = desired.Containers.Where(container => container.Label == label && container.Host != host).Select(container => container.Resource).ToArray();
        var isFewer = desired.Containers.Any(container => container.Label == label && container.Host == host);
        return new()
        {
            Resource = Distinct(ResourceNames.Leftover(label, instance, host), elsewhere),
            Action = ChangeAction.Delete,
            Cause = elsewhere.Length > 0 ? $"{Words(label)} moved to another host" : isFewer ? "fewer instances" : $"{Words(label)} is no longer declared",
            After = elsewhere.Order().ToValueList(),
            Impact = new()
            {
                IsInterrupted = there.Any(Replacement.IsActive),
                Data = there.SelectMany(ServiceImpact.Stays).Distinct().ToValueList(),
                StopsBeingReachable = there.SelectMany(container => ServiceImpact.Ports(container.Body)).Distinct().Order(StringComparer.Ordinal).ToValueList(),
            },
            Steps = there.SelectMany(container => Replacement.Remove(container, desired.Home, host)).Select(step => (Change)step).ToValueList(),
        };
    }

    /// <remarks>A service that moved away from this machine has a change of its plain name already.</remarks>
    private static ResourceId Distinct(ResourceId resource, ResourceId[] taken) => taken.Contains(resource) ? resource with { Name = $"{resource.Name} on {Blueprints.Host.Local}" } : resource;

    private static string Words(string label)
    {
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? label : $"{label[..colon]} \"{label[(colon + 1)..]}\"";
    }
}
