using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes the top-level <c>networks</c>.</summary>
internal static class NetworkWriter
{
    public static MappingWriter Write(ValueMap<Network> networks, MappingWriter section, ComposeNames names)
    {
        foreach (var (key, network) in networks)
        {
            var mapping = section.Empty().Text("name", network.EngineName);
            section.Mapping(names.Network(key), network.IsExternal ? mapping.Flag("external", true) : Describe(network, mapping));
        }

        return section;
    }

    private static MappingWriter Describe(Network network, MappingWriter mapping) => mapping
        .Text("driver", network.Driver)
        .TextMap("driver_opts", network.DriverOptions)
        .Flag("internal", network.IsInternal)
        .Flag("attachable", network.IsAttachable)
        .Flag("enable_ipv6", network.HasIpv6)
        .TextMap("labels", network.Labels)
        .Mapping("ipam", mapping.Empty()
            .Text("driver", network.IpamDriver)
            .TextMap("options", network.IpamOptions)
            .Nodes("config", network.Pools.Select(pool => mapping.Empty()
                .Text("subnet", pool.Subnet)
                .Text("ip_range", pool.IpRange)
                .Text("gateway", pool.Gateway)
                .TextMap("aux_addresses", pool.AuxiliaryAddresses).ToNode())));
}
