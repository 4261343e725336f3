using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>Orders changes by which a port, a fixed address or writable data goes from one container to another: who has it lets go before the other begins. Pure.</summary>
/// <remarks>A service that was renamed is the usual case: the new one must neither find its port taken nor write to data that the old one still writes to.</remarks>
internal static class Handover
{
    public static IReadOnlyList<ResourceChange> Order(ContainersDesired desired, ContainersObserved observed, IReadOnlyList<ResourceChange> changes)
    {
        var wanted = desired.Containers.ToLookup(container => (container.Host, container.Label, container.Instance));
        var ordered = changes.GroupBy(change => change.Resource).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First());
        foreach (var taker in desired.Containers.Where(container => ordered.TryGetValue(container.Resource, out var change) && change.Steps.OfType<StartContainer>().Any()))
        {
            var needs = Claims(taker.Body, (taker.Networks ?? []).Select(network => (network.Network, network.Settings))).ToHashSet(StringComparer.Ordinal);
            foreach (var holder in needs.Count == 0 ? [] : observed.Hosts[taker.Host].Containers.Where(there => there.Label.Length > 0 && Replacement.IsActive(there)))
            {
                var stays = wanted[(taker.Host, holder.Label, holder.Instance)].FirstOrDefault();
                var resource = stays?.Resource ?? ResourceNames.Leftover(holder.Label, holder.Instance, taker.Host);
                var keeps = stays is null ? [] : Claims(stays.Body, (stays.Networks ?? []).Select(network => (network.Network, network.Settings)));
                if (resource != taker.Resource && ordered.TryGetValue(resource, out var release) && release.Action is ChangeAction.Delete or ChangeAction.Replace
                    && Claims(holder.Body, holder.Networks.Select(network => (network.Key, network.Value))).Except(keeps).Any(needs.Contains))
                {
                    ordered[taker.Resource] = After(ordered, ordered[taker.Resource], resource, holder, desired.Home, taker.Host);
                }
            }
        }

        return [.. changes.Select(change => ordered.GetValueOrDefault(change.Resource) ?? change)];
    }

    /// <summary>Two that trade with each other cannot both be second: then the holder is stopped first, and its own change starts what follows it.</summary>
    private static ResourceChange After(Dictionary<ResourceId, ResourceChange> all, ResourceChange taker, ResourceId holder, ContainerObserved there, string home, string host) =>
        !Needs(all, holder, taker.Resource, []) ? taker with { After = taker.After.Append(holder).Distinct().Order().ToValueList() }
        : taker with
        {
            Steps = [Replacement.Stop(there, home, host), .. taker.Steps],
            Undo = [.. taker.Undo, new StartContainer(Replacement.There(there, home), []) { Host = host }],
        };

    private static bool Needs(Dictionary<ResourceId, ResourceChange> all, ResourceId from, ResourceId to, HashSet<ResourceId> seen) =>
        from == to || (seen.Add(from) && all.TryGetValue(from, out var change) && change.After.Any(next => Needs(all, next, to, seen)));

    /// <summary>What only one container should have at a time, each as a word.</summary>
    private static IEnumerable<string> Claims(ContainerBody body, IEnumerable<(string Name, EndpointSettings Settings)> networks)
    {
        var host = BodyNormal.Of(body).HostConfig ?? new();
        return (host.PortBindings ?? ValueMap<ValueList<PortBinding>>.Empty)
            .SelectMany(port => port.Value.Where(binding => binding.HostPort is not (null or "" or "0")).Select(binding => $"port {binding.HostPort} {port.Key[(port.Key.IndexOf('/', StringComparison.Ordinal) + 1)..]}"))
            .Concat((host.Mounts ?? []).Where(mount => mount is { Type: "volume" or "bind", Source.Length: > 0 } && mount.ReadOnly != true).Select(mount => $"{mount.Type} {mount.Source}"))
            .Concat(networks.SelectMany(network => new[] { network.Settings.Addresses?.Ipv4Address, network.Settings.Addresses?.Ipv6Address }.Where(address => address is { Length: > 0 })
                .Select(address => $"address {network.Name} {address}")));
    }
}
