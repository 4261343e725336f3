using System.Net;
using System.Net.Sockets;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;
using Homestack.Primitives;

namespace Homestack.Blueprints.Stacks;

/// <summary>Fixed addresses lie in a subnet of their network and are used once. Adds HS2033, HS2034, HS2035.</summary>
internal static class AddressRules
{
    public static void Check(StackNames names)
    {
        foreach (var network in names.Stack.Networks.Values)
        {
            CheckPools(network, names.Diagnostics);
        }

        var taken = new Dictionary<(string Network, string Address), string>();
        foreach (var service in names.Stack.Services.Values)
        {
            foreach (var attachment in service.Networks?.Values ?? [])
            {
                var network = names.Stack.Networks.TryGetValue(attachment.Network.Value, out var declared) ? declared : null;
                foreach (var (address, family) in new[] { (attachment.Ipv4Address, AddressFamily.InterNetwork), (attachment.Ipv6Address, AddressFamily.InterNetworkV6) })
                {
                    if (address is { } fixedAddress)
                    {
                        CheckOne(fixedAddress, family, attachment.Network.Value, network, service.Name.Value, taken, names.Diagnostics);
                    }
                }
            }
        }
    }

    private static void CheckOne(
        Located<string> address, AddressFamily family, string networkKey, NetworkSpec? network, string service, Dictionary<(string, string), string> taken, DiagnosticBag diagnostics)
    {
        var path = $"services.{service}.networks.{networkKey}";
        if (!IPAddress.TryParse(address.Value, out var parsed) || parsed.AddressFamily != family)
        {
            diagnostics.Add(NetworkDiagnostics.NotAnAddress(address, family == AddressFamily.InterNetwork ? "an IPv4 address such as 172.20.0.5" : "an IPv6 address such as fd00::5", path));
            return;
        }

        // Subnets of a network that is somebody else's are known only to the engine.
        if (network is not { IsExternal: true }
            && !(network?.Pools ?? []).Any(pool => pool.Subnet is { } subnet && Cidr.TryParse(subnet.Value, out var cidr) && cidr is not null && cidr.Network.Contains(parsed)))
        {
            diagnostics.Add(NetworkDiagnostics.NoSubnet(address, networkKey, path));
        }

        if (!taken.TryAdd((networkKey, parsed.ToString()), service))
        {
            diagnostics.Add(NetworkDiagnostics.AddressTwice(address, networkKey, taken[(networkKey, parsed.ToString())], path));
        }
    }

    private static void CheckPools(NetworkSpec network, DiagnosticBag diagnostics)
    {
        var path = $"networks.{network.Key.Value}.ipam.config";
        foreach (var pool in network.Pools)
        {
            foreach (var range in new[] { pool.Subnet, pool.IpRange })
            {
                if (range is { } written && !(written.Value.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(written.Value.Split('/')[0], out _)))
                {
                    diagnostics.Add(NetworkDiagnostics.NotAnAddress(written, "a block of addresses such as 172.20.0.0/16", path));
                }
            }

            if (pool.Gateway is { } gateway && !IPAddress.TryParse(gateway.Value, out _))
            {
                diagnostics.Add(NetworkDiagnostics.NotAnAddress(gateway, "an address such as 172.20.0.1", path));
            }
        }
    }
}
