using Homestack.Collections;

namespace Homestack.Blueprints;

/// <summary>Something that answers at a name over HTTP, and from where. The one place from which routes, records and certificates follow.</summary>
/// <param name="Name">For people and logs: <c>stack/service</c> or <c>site/name</c>.</param>
/// <param name="HostName">Such as <c>photos.home.arpa</c>.</param>
/// <param name="Zones">Sorted, at least one.</param>
/// <param name="Place">Where it was written.</param>
public sealed record Answer(string Name, string HostName, ValueList<string> Zones, string Place)
{
    /// <summary>The service whose containers answer, by <c>stack/name</c>; null when a site does.</summary>
    public Service? Service { get; init; }

    /// <summary>Port in its containers.</summary>
    public int Port { get; init; }

    public Site? Site { get; init; }

    /// <summary>How requests are treated on their way.</summary>
    public RouteSettings Route => Service?.Exposure.Route ?? Site?.Route ?? new();

    /// <summary>The home's own name server answers, at <c>/dns-query</c>.</summary>
    public bool IsNameServer { get; init; }

    /// <summary>All of a home, sorted by name: what is exposed, has a port, runs on this machine, and needs no sign-in that is not there yet.</summary>
    public static ValueList<Answer> Of(Blueprint blueprint) =>
    [
        .. blueprint.Services.Where(service => service.Value.Exposure is { Zones.Count: > 0, Port: not null, SignIn: not SignIn.Homestack } && IsHere(blueprint, service.Value.Host))
            .Select(service => new Answer(service.Key, $"{service.Value.Exposure.Route?.Name ?? service.Value.Name}.{blueprint.Domain}", service.Value.Exposure.Zones, service.Value.Place) { Service = service.Value, Port = service.Value.Exposure.Port ?? 0 }),
        .. blueprint.Sites.Where(site => site.Value is { Zones.Count: > 0, SignIn: not SignIn.Homestack })
            .Select(site => new Answer("site/" + site.Key, $"{site.Value.Route?.Name ?? site.Key}.{blueprint.Domain}", site.Value.Zones, site.Value.Place) { Site = site.Value }),
        .. blueprint.Names?.Encrypted is { Count: > 0 } zones ? [new Answer("home/dns", $"dns.{blueprint.Domain}", zones, "") { IsNameServer = true }] : ValueList<Answer>.Empty,
    ];

    /// <summary>The address of this machine, as others reach it; empty when none was written.</summary>
    public static string AddressOfThisMachine(Blueprint blueprint) =>
        blueprint.Hosts.Values.Where(host => IsHere(host) && host.Address.Length > 0).Select(host => host.Address).FirstOrDefault("");

    internal static bool IsHere(Blueprint blueprint, string host) => blueprint.Hosts.TryGetValue(host, out var known) && IsHere(known);

    private static bool IsHere(Host host) => host.Engine.StartsWith("unix://", StringComparison.Ordinal);
}
