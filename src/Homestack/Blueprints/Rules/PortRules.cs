using Homestack.Diagnostics;

namespace Homestack.Blueprints.Rules;

/// <summary>No port of a host is published by two stacks, nor one that the home listens on. Adds HS2208 and HS2209.</summary>
public static class PortRules
{
    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        var taken = new Dictionary<(string Host, string Protocol, int Port), List<(string Address, Service Service)>>();
        foreach (var service in parts.Services.Values.Where(service => service.Instances > 0))
        {
            // A range is left to the engine, which takes a free one.
            foreach (var port in service.Container.Ports.Concat(service.Exposure.RawPorts ?? []).Where(port => port.HostPort > 0 && port.HostPort == port.HostPortEnd))
            {
                var key = (service.Host, port.Protocol, port.HostPort);
                if (!taken.TryGetValue(key, out var others))
                {
                    taken[key] = others = [];
                }

                // Within one stack it is that stack's own rule.
                var clash = others.FirstOrDefault(other => other.Service.Stack != service.Stack && Meet(other.Address, port.HostAddress)).Service;
                if (clash is not null && !diagnostics.IsFull)
                {
                    diagnostics.Add(HomeDiagnostics.PortTwice(port, NameOf(service), PlaceOf(parts, service, port), NameOf(clash), PlaceOf(parts, clash, port), service.Host));
                }

                CheckAgainstTheHome(parts, service, port, diagnostics);
                others.Add((port.HostAddress, service));
            }
        }
    }

    private static void CheckAgainstTheHome(HomeParts parts, Service service, PublishedPort port, DiagnosticBag diagnostics)
    {
        if (service.Host != parts.Hosts.Default || parts.Home.Listen is not { } listen)
        {
            return;
        }

        (string Key, Located<int>? Port, bool IsUdpToo)[] own = [("https", listen.Value.Https, true), ("http", listen.Value.Http, false), ("dns", listen.Value.Dns, true)];
        foreach (var (key, ownPort, isUdpToo) in own)
        {
            if (ownPort is { } written && written.Value == port.HostPort && (port.Protocol == "tcp" || (port.Protocol == "udp" && isUdpToo)))
            {
                diagnostics.Add(HomeDiagnostics.PortOfTheHome(port, NameOf(service), PlaceOf(parts, service, port), key, written.Span));
            }
        }
    }

    /// <remarks>An IPv4 and an IPv6 address never meet; "every address" meets all.</remarks>
    private static bool Meet(string left, string right) => left == right || IsEvery(left, right) || IsEvery(right, left);

    private static bool IsEvery(string address, string other) =>
        address.Length == 0 || (address == "0.0.0.0" && !other.Contains(':', StringComparison.Ordinal)) || (address == "::" && (other.Length == 0 || other.Contains(':', StringComparison.Ordinal)));

    private static string NameOf(Service service) => $"{service.Stack}/{service.Name}";

    private static SourceSpan? PlaceOf(HomeParts parts, Service service, PublishedPort port)
    {
        var written = parts.WrittenAs(service);
        return written?.Ports.FirstOrDefault(item => item.Published == port.HostPort && item.Protocol == port.Protocol)?.Span ?? written?.Name.Span;
    }
}
