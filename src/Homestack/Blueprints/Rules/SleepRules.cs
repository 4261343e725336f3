using Homestack.Diagnostics;

namespace Homestack.Blueprints.Rules;

/// <summary>A service that sleeps can be woken by every visitor it has, and is missed by nobody else. Adds HS2240 to HS2242.</summary>
public static class SleepRules
{
    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        foreach (var (key, service) in parts.Services)
        {
            if (service.Exposure.Sleep is null || parts.WrittenAs(service)?.Extension.Sleep is not { } sleep)
            {
                continue;
            }

            if (!HasDoor(parts, service))
            {
                diagnostics.Add(SleepDiagnostics.NobodyWakesIt(service.Name, sleep, WhyNot(parts, service)));
            }
            else if (AroundTheFront(service) is { Length: > 0 } way)
            {
                diagnostics.Add(SleepDiagnostics.SeenByNobody(service.Name, sleep, way));
            }

            if (parts.Services.FirstOrDefault(other => other.Value.DependsOn.ContainsKey(key)) is { Key: { } other })
            {
                diagnostics.Add(SleepDiagnostics.OthersNeedIt(service.Name, sleep, other));
            }
        }
    }

    /// <summary>The front opens a name or a port for it.</summary>
    private static bool HasDoor(HomeParts parts, Service service) => service.Exposure is { Zones.Count: > 0 } exposure && IsHere(parts, service)
        && (exposure is { Port: not null, SignIn: not SignIn.Homestack } || exposure.RawPorts is { Count: > 0 });

    private static bool IsHere(HomeParts parts, Service service) => parts.Hosts.Hosts.TryGetValue(service.Host, out var host) && host.Engine.StartsWith("unix://", StringComparison.Ordinal);

    private static string WhyNot(HomeParts parts, Service service) =>
        service.Exposure.Zones.Count == 0 ? "it is reachable from no zone. Say who may reach it with \"expose\""
        : !IsHere(parts, service) ? $"it runs on host \"{service.Host}\", where no route leads yet"
        : service.Exposure.SignIn == SignIn.Homestack ? "it asks for the home's sign-in, and gets no route until there is one"
        : "it names no port";

    /// <summary>Words for a way to it that does not lead through the front; empty when there is none.</summary>
    private static string AroundTheFront(Service service) =>
        service.Container.Ports.Count > 0 ? $"Docker itself publishes port {service.Container.Ports[0].ContainerPort} of it"
        : service.Container.NetworkMode.Kind == NetworkModeKind.Host ? "its ports are the machine's own (\"network_mode: host\")"
        : "";
}
