using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>One port of a host belongs to one container. Adds HS2040, HS2041.</summary>
internal static class PortRules
{
    public static void Check(StackSpec stack, ValueMap<Service> services, DiagnosticBag diagnostics)
    {
        var taken = new Dictionary<(string Host, int Port, string Protocol), List<(string Address, string Owner, PortSpec Port)>>();
        foreach (var service in services.Values)
        {
            var spec = stack.Services[service.Name];
            var path = $"services.{service.Name}.ports";
            var places = spec.Ports.ToLookup(port => (port.Target, port.Published, port.Protocol));
            foreach (var published in service.Container.Ports.Concat(service.Exposure.RawPorts ?? []).Where(port => port.HostPort > 0))
            {
                var written = places[(published.ContainerPort, published.HostPort, published.Protocol)].First();
                var width = published.HostPortEnd - published.HostPort + 1;
                if (service.Instances > width && service.Container.Ports.Contains(published))
                {
                    diagnostics.Add(NetworkDiagnostics.PortOfMany(written, service.Instances, path));
                }

                if (width > 1)
                {
                    continue;
                }

                var key = (service.Host, published.HostPort, published.Protocol);
                if (!taken.TryGetValue(key, out var owners))
                {
                    taken.Add(key, owners = []);
                }

                if (owners.Find(owner => AreSame(owner.Address, published.HostAddress)) is { Port: { } first } earlier)
                {
                    diagnostics.Add(NetworkDiagnostics.PortTwice(written, first, earlier.Owner, path));
                }

                owners.Add((published.HostAddress, service.Name, written));
            }
        }
    }

    private static bool AreSame(string left, string right) => left == right || IsEvery(left) || IsEvery(right);

    private static bool IsEvery(string address) => address is "" or "0.0.0.0" or "::";
}
