using System.Globalization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Fronts;

namespace Homestack.Planes.Ingress;

/// <summary>From what is exposed to routes. Pure. Adds HS3101 and HS3102.</summary>
public static class IngressCompiler
{
    /// <param name="blueprint">The home.</param>
    /// <param name="isRoot">Ports below 1024 are the usual ones.</param>
    /// <param name="diagnostics">Hears of what is exposed and gets no route.</param>
    public static IngressDesired Compile(Blueprint blueprint, bool isRoot, DiagnosticBag diagnostics)
    {
        var answers = Answer.Of(blueprint);
        foreach (var service in blueprint.Services.Where(service => service.Value.Exposure.Zones.Count > 0 && blueprint.Hosts.TryGetValue(service.Value.Host, out var host) && !host.Engine.StartsWith("unix://", StringComparison.Ordinal)))
        {
            diagnostics.Add(IngressDiagnostics.OnAnotherHost(service.Key, service.Value.Host, service.Value.Place));
        }

        var (https, http) = (blueprint.Listen.Https ?? (isRoot ? 443 : 8443), blueprint.Listen.Http ?? (isRoot ? 80 : 8080));
        var raw = RawCompiler.Compile(blueprint, answers.Count == 0 ? [] : [https, http], blueprint.Listen.Dns ?? (isRoot ? 53 : 5353), diagnostics);
        return answers.Count == 0 && raw is null ? new(new()) : new(new IngressSnapshot
        {
            Home = blueprint.Home,
            Domain = blueprint.Domain,
            Https = answers.Count == 0 ? [] : Everywhere(https),
            Http = answers.Count == 0 ? [] : Everywhere(http),
            Raw = raw,
            Zones = blueprint.Zones,
            Routes = answers.Select(answer => new FrontRoute
            {
                Name = answer.Name,
                Hosts = [answer.HostName],
                Zones = answer.Zones,
                Service = answer.Service is null ? "" : answer.Name,
                Port = answer.Port,
                Folder = answer.Site?.Folder ?? "",
                Proxy = answer.Site?.Proxy ?? "",
                Redirect = answer.Site?.Redirect ?? "",
                Path = answer.Route.Path ?? "",
                Strips = answer.Route.Strips,
                Redirects = answer.Route.Redirects,
                SpeaksHttp2 = answer.Route.SpeaksHttp2,
                IsInMaintenance = answer.Route.IsInMaintenance,
                Limits = answer.Route.Limits,
                Sleeps = answer.Service?.Exposure.Sleep is not null,
                IsNameServer = answer.IsNameServer,
            }).ToValueList(),
        });
    }

    /// <summary>IPv4 and IPv6, each by itself: one socket for both would show IPv4 visitors under IPv6 addresses.</summary>
    private static ValueList<string> Everywhere(int port) => [string.Create(CultureInfo.InvariantCulture, $"0.0.0.0:{port}"), string.Create(CultureInfo.InvariantCulture, $"[::]:{port}")];
}
