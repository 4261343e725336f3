using Homestack.Collections;

namespace Homestack.Blueprints;

/// <summary>A port that speaks something else than HTTP, and from where it may be reached. The front owns it: the engine publishes nothing.</summary>
/// <param name="Name">Service, as <c>stack/name</c>.</param>
/// <param name="HostName">Such as <c>games.home.arpa</c>.</param>
/// <param name="Port">As it was written under <c>ports</c>.</param>
/// <param name="Service">Whose containers answer.</param>
public sealed record RawAnswer(string Name, string HostName, PublishedPort Port, Service Service)
{
    /// <summary>Zones that may reach it, sorted, at least one.</summary>
    public ValueList<string> Zones => Service.Exposure.Zones;

    /// <summary>All of a home, sorted by service and port: only those of this machine.</summary>
    public static ValueList<RawAnswer> Of(Blueprint blueprint) => blueprint.Services
        .Where(service => service.Value.Exposure is { Zones.Count: > 0, RawPorts.Count: > 0 } && Answer.IsHere(blueprint, service.Value.Host))
        .SelectMany(service => (service.Value.Exposure.RawPorts ?? []).Select(port => new RawAnswer(service.Key, $"{service.Value.Exposure.Route?.Name ?? service.Value.Name}.{blueprint.Domain}", port, service.Value)))
        .ToValueList();
}
