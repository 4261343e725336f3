using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>Makes the networks that some service of the stack uses. Adds HS2011.</summary>
internal static class NetworkBuilder
{
    private const string DefaultDriver = "bridge";

    public static ValueMap<Network> Build(ValueMap<Service> services, StackNames names)
    {
        var users = services.Values.SelectMany(service => service.Container.Networks.Keys.Select(network => (Network: network, service.Host)))
            .GroupBy(use => use.Network, StringComparer.Ordinal);
        return users.ToValueMap(group => group.Key, group =>
        {
            var key = group.Key[(group.Key.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var spec = names.Stack.Networks.TryGetValue(key, out var declared) ? declared
                : new() { Key = new(key, SourceSpan.StartOf(names.Stack.File)) };
            var hosts = group.Select(use => use.Host).Distinct().ToList();
            if (hosts.Count > 1)
            {
                names.Diagnostics.Add(NameDiagnostics.HostsDiffer("network", key, spec.Key.Span));
            }

            return Make(spec, hosts[0], names);
        });
    }

    private static Network Make(NetworkSpec spec, string host, StackNames names) => new()
    {
        Stack = names.Stack.Name,
        Key = spec.Key.Value,
        Host = host,
        EngineName = spec.Name?.Value ?? (spec.IsExternal ? spec.Key.Value : names.EngineNameOf(spec.Key.Value)),
        IsExternal = spec.IsExternal,
        Driver = spec.IsExternal ? "" : spec.Driver ?? DefaultDriver,
        DriverOptions = spec.DriverOptions.Plain(),
        IsInternal = spec.IsInternal,
        IsAttachable = spec.IsAttachable,
        HasIpv6 = spec.HasIpv6,
        Labels = spec.Labels.Plain(),
        IpamDriver = spec.IpamDriver,
        IpamOptions = spec.IpamOptions.Plain(),
        Pools = spec.Pools.Select(pool => new AddressPool(pool.Subnet?.Value ?? "", pool.IpRange?.Value ?? "", pool.Gateway?.Value ?? "", pool.AuxiliaryAddresses.Plain())).ToValueList(),
        Place = StackNames.PlaceOf(spec.Key.Span),
    };
}
