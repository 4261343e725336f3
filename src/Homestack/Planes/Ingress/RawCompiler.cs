using System.Globalization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Fronts;

namespace Homestack.Planes.Ingress;

/// <summary>From ports of Compose files that no route covers to ports of the front. Pure. Adds HS3102.</summary>
internal static class RawCompiler
{
    /// <param name="blueprint">The home.</param>
    /// <param name="own">TCP ports that the front listens on itself.</param>
    /// <param name="names">Port of the name server, TCP and UDP.</param>
    /// <param name="diagnostics">Hears of a port that cannot be opened.</param>
    /// <returns>Null when there are none.</returns>
    public static ValueList<FrontRawRoute>? Compile(Blueprint blueprint, int[] own, int names, DiagnosticBag diagnostics)
    {
        var routes = new List<FrontRawRoute>();
        foreach (var raw in RawAnswer.Of(blueprint))
        {
            var isUdp = raw.Port.Protocol == "udp";
            if (raw.Port.HostPort == names || (!isUdp && own.Contains(raw.Port.HostPort)))
            {
                diagnostics.Add(IngressDiagnostics.PortOfTheFront(raw.Name, raw.Port.HostPort, raw.Service.Place));
                continue;
            }

            routes.Add(new() { Service = raw.Name, IsUdp = isUdp, Listen = Listen(raw.Port), Port = raw.Port.ContainerPort, Zones = raw.Zones, Host = raw.HostName, Sleeps = raw.Service.Exposure.Sleep is not null });
        }

        return routes.Count == 0 ? null : routes.ToValueList();
    }

    private static ValueList<string> Listen(PublishedPort port) => port.HostAddress switch
    {
        "" => [At("0.0.0.0", port.HostPort), At("[::]", port.HostPort)],
        var address when address.Contains(':', StringComparison.Ordinal) => [At($"[{address}]", port.HostPort)],
        var address => [At(address, port.HostPort)],
    };

    private static string At(string address, int port) => string.Create(CultureInfo.InvariantCulture, $"{address}:{port}");
}
