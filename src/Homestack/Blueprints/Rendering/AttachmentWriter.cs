using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes how a service sits on its networks, and the ports that are published.</summary>
internal static class AttachmentWriter
{
    public static void Write(Service service, MappingWriter mapping, ComposeNames names)
    {
        var container = service.Container;
        mapping.Text("network_mode", container.NetworkMode.Kind switch
        {
            NetworkModeKind.None => "none",
            NetworkModeKind.Host => "host",
            NetworkModeKind.Bridge => "bridge",
            NetworkModeKind.Service => $"service:{names.Service(container.NetworkMode.Of)}",
            NetworkModeKind.Container => $"container:{container.NetworkMode.Of}",
            _ => null,
        });
        mapping.Text("mac_address", container.MacAddress);
        var written = names.Service($"{service.Stack}/{service.Name}");
        var networks = mapping.Empty();
        foreach (var (key, attachment) in container.Networks)
        {
            // A service that had to be renamed in this file still answers to its own name.
            var aliases = written == service.Name || attachment.Aliases.Contains(service.Name) ? attachment.Aliases : attachment.Aliases.Add(service.Name);
            networks.Node(names.Network(key), networks.Empty()
                .Texts("aliases", aliases)
                .Text("ipv4_address", attachment.Ipv4Address)
                .Text("ipv6_address", attachment.Ipv6Address)
                .Texts("link_local_ips", attachment.LinkLocalAddresses)
                .Text("mac_address", attachment.MacAddress)
                .TextMap("driver_opts", attachment.DriverOptions)
                .Number("priority", attachment.Priority == 0 ? null : (long?)attachment.Priority).ToNode());
        }

        mapping.Mapping("networks", networks);
        mapping.Texts("ports", container.Ports.Concat(service.Exposure.RawPorts ?? []).Select(PortText));
    }

    /// <summary>The short syntax: <c>[address:][port[-port]:]port/protocol</c>; an address without a port keeps its colon.</summary>
    private static string PortText(PublishedPort port)
    {
        var address = port.HostAddress.Contains(':', StringComparison.Ordinal) ? $"[{port.HostAddress}]:" : port.HostAddress.Length > 0 ? $"{port.HostAddress}:" : "";
        var host = port.HostPort == 0 ? "" : port.HostPortEnd > port.HostPort ? $"{port.HostPort}-{port.HostPortEnd}" : $"{port.HostPort}";
        var colon = address.Length + host.Length > 0 ? ":" : "";
        return $"{address}{host}{colon}{port.ContainerPort}/{port.Protocol}";
    }
}
