using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Compares networks. A different one is made anew, with our containers detached from it first. Pure.</summary>
internal static class NetworkDiffer
{
    public static IReadOnlyList<ResourceChange> Diff(ContainersDesired desired, ContainersObserved observed, DiagnosticBag diagnostics)
    {
        var changes = new List<ResourceChange>();
        foreach (var wanted in desired.Networks)
        {
            var host = observed.Hosts[wanted.Host];
            if (wanted.IsExternal)
            {
                if (!host.ForeignNetworks.ContainsKey(wanted.Body.Name) && !host.Networks.Any(there => there.Name == wanted.Body.Name))
                {
                    diagnostics.Add(ContainersDiagnostics.ExternalNetworkMissing(wanted.Body.Name, wanted.Host, wanted.Place));
                }

                continue;
            }

            var digest = ContentDigest.Of(wanted.Body);
            var same = host.Networks.Where(there => there.Label == wanted.Label).ToArray();
            var right = Array.Find(same, there => there.Digest == digest && IsAsAsked(wanted.Body, there));
            var wrong = same.Where(there => there != right).ToArray();
            if (right is null && host.ForeignNetworks.TryGetValue(wanted.Body.Name, out var holder))
            {
                diagnostics.Add(ContainersDiagnostics.NetworkNameHeld(wanted.Body.Name, holder, wanted.Host, wanted.Place));
            }
            else if (right is null || wrong.Length > 0)
            {
                changes.Add(Change(desired, wanted, host, digest, right, wrong, diagnostics));
            }
        }

        return changes;
    }

    /// <remarks>Labels can be copied by hand onto another network: what it is counts too.</remarks>
    private static bool IsAsAsked(NetworkBody asked, NetworkObserved there) =>
        there.Name == asked.Name && there.IsInternal == (asked.Internal ?? false) && there.IsAttachable == (asked.Attachable ?? false) && (asked.Driver is null || there.Driver == asked.Driver);

    private static ResourceChange Change(
        ContainersDesired desired, NetworkWanted wanted, HostObserved host, string digest, NetworkObserved? right, NetworkObserved[] wrong, DiagnosticBag diagnostics)
    {
        var steps = new List<Change>();
        var ours = host.Containers.Select(there => there.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var network in wrong)
        {
            var others = network.Members.Where(member => !ours.Contains(member.Key)).Select(member => member.Value).ToArray();
            if (others.Length > 0)
            {
                diagnostics.Add(ContainersDiagnostics.NetworkInUseByOthers(network.Name, string.Join(", ", others), wanted.Host, wanted.Place));
            }

            steps.AddRange(host.Containers.Where(there => there.Networks.Any(place => place.Value.NetworkId == network.Id))
                .Select(there => new DisconnectNetwork(Replacement.There(there, desired.Home), network.Name) { Host = wanted.Host }));
            steps.Add(new RemoveNetwork(network.Id, network.Name, desired.Home, network.Label) { Host = wanted.Host });
        }

        if (right is null)
        {
            steps.Add(new CreateNetwork(wanted.Body with { Labels = OwnLabels.On(wanted.Body.Labels, desired.Home, wanted.Label, digest) }) { Host = wanted.Host });
        }

        return new()
        {
            Resource = wanted.Resource,
            Action = right is not null ? ChangeAction.Update : wrong.Length > 0 ? ChangeAction.Replace : ChangeAction.Create,
            Cause = right is not null ? "a second one is left over" : wrong.Length > 0 ? "its settings changed" : "new network",
            Place = wanted.Place,
            Impact = new() { IsInterrupted = wrong.Length > 0 },
            Steps = steps.ToValueList(),
        };
    }
}
