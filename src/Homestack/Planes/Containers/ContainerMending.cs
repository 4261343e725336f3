using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Brings a container that may stay back into line while it lives: name, limits, networks, whether it runs. Pure.</summary>
internal static class ContainerMending
{
    /// <summary>The calls in order, each with its cause.</summary>
    /// <param name="wanted">As it must be.</param>
    /// <param name="there">As it is; its digest and image are right.</param>
    /// <param name="home">Ours.</param>
    /// <param name="renewedNetworks">Networks that are made anew in the same plan: everyone is detached from them before.</param>
    public static IReadOnlyList<(ContainersChange Change, string Cause)> Steps(Container wanted, ContainerObserved there, string home, IReadOnlySet<(string Host, string Network)> renewedNetworks)
    {
        var steps = new List<(ContainersChange, string)>();
        var target = Replacement.There(there, home);
        if (there.Label.Length > 0 && there.Name != wanted.Name)
        {
            steps.Add((new RenameContainer(target, wanted.Name) { Host = wanted.Host }, $"it was renamed to {there.Name}"));
        }

        if (LimitsDiff.Update(wanted.Limits, there.Limits) is { } limits)
        {
            steps.Add((new UpdateContainer(target, limits) { Host = wanted.Host }, LimitsDiff.Words(limits)));
        }

        if (wanted.Networks is { } networks)
        {
            steps.AddRange(Networks(wanted, networks, there, target, renewedNetworks));
        }

        switch (there.Phase)
        {
            case ContainerPhase.Paused:
                steps.Add((new UnpauseContainer(target) { Host = wanted.Host }, "it is paused"));
                break;
            case ContainerPhase.Exited when wanted.Sleeps:
                break;
            case ContainerPhase.Created or ContainerPhase.Exited when !ServiceDiffer.IsWell(wanted, there):
                steps.Add((Replacement.Start(wanted, target), there.Phase == ContainerPhase.Created ? "it was made but never started" : $"it ended with {there.ExitCode}"));
                if (wanted.Awaited is { } condition)
                {
                    steps.Add((new WaitUntilWell(target, condition) { Host = wanted.Host }, ""));
                }

                break;
        }

        return steps;
    }

    private static IEnumerable<(ContainersChange Change, string Cause)> Networks(
        Container wanted, ValueList<Attachment> networks, ContainerObserved there, ContainerTarget target, IReadOnlySet<(string Host, string Network)> renewedNetworks)
    {
        // First away from what is not wanted: an address may be needed elsewhere.
        foreach (var name in there.Networks.Keys.Where(name => !networks.Any(network => network.Network == name)))
        {
            yield return (new DisconnectNetwork(target, name) { Host = wanted.Host }, $"it is attached to {name}");
        }

        foreach (var network in networks)
        {
            var isRenewed = renewedNetworks.Contains((wanted.Host, network.Network));
            if (!there.Networks.TryGetValue(network.Network, out var settings) || isRenewed)
            {
                yield return (new ConnectNetwork(target, network.Network, network.Settings) { Host = wanted.Host }, isRenewed ? $"network {network.Network} is made anew" : $"it is not attached to {network.Network}");
            }
            else if (!IsSame(wanted, network.Settings, there, settings))
            {
                yield return (new DisconnectNetwork(target, network.Network) { Host = wanted.Host }, $"names or addresses on {network.Network} changed");
                yield return (new ConnectNetwork(target, network.Network, network.Settings) { Host = wanted.Host }, $"names or addresses on {network.Network} changed");
            }
        }
    }

    /// <remarks>One that was taken over need not answer to its service's name where it never did, and answers to its own name everywhere. The host name is always an
    /// alias and is not shown.</remarks>
    private static bool IsSame(Container wanted, EndpointSettings asked, ContainerObserved there, EndpointSettings has)
    {
        var (left, right) = ((asked.Aliases ?? []).Where(alias => alias != wanted.Body.Hostname).ToValueList(), has.Aliases ?? []);
        var sameNames = there.Label.Length == 0 ? left.Where(alias => alias != wanted.Service && alias != there.Name).All(right.Contains) : left == right;
        return sameNames && asked.Addresses == has.Addresses;
    }
}
