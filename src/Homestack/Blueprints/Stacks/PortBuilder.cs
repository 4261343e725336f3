using System.Globalization;
using System.Net;
using Homestack.Collections;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>Decides what the engine publishes, so that nothing is reachable past the home's own rules.</summary>
/// <remarks>
/// With <c>publish: engine</c>, what is written. Otherwise a port that the route covers is not published at all, one that is the front's to open neither, and any other on loopback only.
/// Adds HS2031, HS2032, HS2042, HS2043, HS2045.
/// </remarks>
internal static class PortBuilder
{
    private const string Loopback = "127.0.0.1";

    public static ValueList<PublishedPort> Build(ServiceSpec spec, NetworkMode mode, StackNames names)
    {
        if (spec.Ports.Count == 0)
        {
            return [];
        }

        var path = $"services.{spec.Name.Value}.ports";
        if (spec.NetworkMode is { } written && mode.Kind is not (NetworkModeKind.Bridge or NetworkModeKind.Networks))
        {
            names.Diagnostics.Add(mode.Kind is NetworkModeKind.Service or NetworkModeKind.Container
                ? NetworkDiagnostics.PortsOfAnother(written, spec.Ports[0].Span, path)
                : NetworkDiagnostics.PortsWithoutEffect(written, spec.Ports[0].Span, path));
            return [];
        }

        if (spec.Extension.Publish is { } publish)
        {
            var open = spec.Ports.Where(port => !IsLoopback(port.HostAddress)).Select(port => $"{(port.Published == 0 ? port.Target : port.Published)}/{port.Protocol}").Distinct().ToList();
            if (open.Count > 0)
            {
                names.Diagnostics.Add(NetworkDiagnostics.PastTheFirewall((open.Count == 1 ? "port " : "ports ") + string.Join(", ", open.Take(8)) + (open.Count > 8 ? $" and {open.Count - 8:N0} more" : ""), publish.Span, $"services.{spec.Name.Value}.x-homestack.publish"));
            }

            return Published(spec.Ports, port => port.HostAddress);
        }

        foreach (var port in spec.Ports.Where(port => !IsOurs(port, spec) && port.HostAddress.Length > 0 && !IsLoopback(port.HostAddress)))
        {
            names.Diagnostics.Add(NetworkDiagnostics.KeptOnLoopback(port, path));
        }

        return Published(spec.Ports.Where(port => !IsOurs(port, spec)), port => IsLoopback(port.HostAddress) ? port.HostAddress : Loopback);
    }

    /// <summary>What <c>expose</c> says, and the ports that a route covers, each <c>80/tcp</c>.</summary>
    public static ValueList<string> BuildExpose(ServiceSpec spec, StackNames names)
    {
        var ports = spec.Ports.Where(port => IsOurs(port, spec)).Select(port => (port.Target, port.Protocol)).ToHashSet();
        foreach (var written in spec.Expose)
        {
            var slash = written.Value.IndexOf('/', StringComparison.Ordinal);
            var protocol = slash < 0 ? "tcp" : written.Value[(slash + 1)..].ToLowerInvariant();
            var range = (slash < 0 ? written.Value : written.Value[..slash]).Split('-');
            var (first, last) = (PortOf(range[0]), PortOf(range[^1]));
            if (range.Length > 2 || first == 0 || last < first || protocol is not ("tcp" or "udp" or "sctp"))
            {
                names.Diagnostics.Add(NetworkDiagnostics.ExposedPort(written, $"services.{spec.Name.Value}.expose"));
                continue;
            }

            ports.UnionWith(Enumerable.Range(first, last - first + 1).Select(port => (port, protocol)));
        }

        return ports.Order().Select(port => $"{port.Item1}/{port.Item2}").ToValueList();
    }

    /// <summary>What the front opens to the zones of <c>expose</c>: a single port of the host that the route does not cover.</summary>
    public static ValueList<PublishedPort> BuildRaw(ServiceSpec spec) => Published(spec.Ports.Where(port => IsRaw(port, spec)), port => port.HostAddress);

    private static bool IsOurs(PortSpec port, ServiceSpec spec) => IsCovered(port, spec) || IsRaw(port, spec);

    /// <remarks>Nobody can sign in over a raw port, so a service that wants that keeps it closed.</remarks>
    private static bool IsRaw(PortSpec port, ServiceSpec spec) =>
        spec.Extension is { Publish: null, Expose.Count: > 0, SignIn: not { Value: "homestack" } } && !IsCovered(port, spec) && !IsLoopback(port.HostAddress)
        && port.Published > 0 && port.Published == port.PublishedEnd && port.Protocol is "tcp" or "udp";

    /// <summary>Whether the route to the service makes publishing this port needless.</summary>
    private static bool IsCovered(PortSpec port, ServiceSpec spec) =>
        spec.Extension is { Publish: null, Expose.Count: > 0, Port: { } routed } && routed.Value == port.Target && port.Protocol == "tcp";

    private static ValueList<PublishedPort> Published(IEnumerable<PortSpec> ports, Func<PortSpec, string> address) =>
        ports.Select(port => new PublishedPort(address(port), port.Published, port.PublishedEnd, port.Target, port.Protocol)).Distinct().Order().ToValueList();

    private static bool IsLoopback(string address) => IPAddress.TryParse(address, out var parsed) && IPAddress.IsLoopback(parsed);

    private static int PortOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : 0;
}
