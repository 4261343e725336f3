using System.Globalization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Homes;

/// <summary>From the name that a person types to the containers of that service.</summary>
public sealed class ServiceFinder(Blueprint blueprint, HostEngines engines)
{
    /// <summary>The one service that is meant by <c>stack/name</c> or by <c>name</c> alone.</summary>
    /// <exception cref="MachineException">None is, or several are.</exception>
    public KeyValuePair<string, Service> Service(string words)
    {
        var found = blueprint.Services.Where(service => service.Key == words).ToList();
        if (found.Count == 0)
        {
            found = blueprint.Services.Where(service => service.Value.Name == words).ToList();
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new MachineException($"service {words}", "The home has no such service." + Suggestion.For(words, blueprint.Services.Values.Select(service => service.Name).Concat(blueprint.Services.Keys)),
                "homestack status lists them", MachineFailure.NotFound),
            _ => throw new MachineException($"service {words}", $"Several have this name: {string.Join(", ", found.Select(service => service.Key))}.", "Write it with its stack.", MachineFailure.Conflict),
        };
    }

    /// <summary>Its containers, running ones first, then by instance.</summary>
    public async Task<ValueList<FoundContainer>> ContainersAsync(KeyValuePair<string, Service> service, CancellationToken cancellationToken)
    {
        var engine = engines.Of(service.Value.Host);
        var all = await engine.ListContainersAsync($"homestack.home={blueprint.Home}", cancellationToken).ConfigureAwait(false);
        return all.Where(container => Label(container, "homestack.resource") == "service:" + service.Key)
            .Select(container => new FoundContainer(engine, container.Id, container.Names.FirstOrDefault("").TrimStart('/'), container.State == "running",
                int.TryParse(Label(container, "homestack.instance"), NumberStyles.None, CultureInfo.InvariantCulture, out var instance) ? instance : 1))
            .OrderBy(container => container.IsRunning ? 0 : 1).ThenBy(container => container.Instance).ThenBy(container => container.Name, StringComparer.Ordinal)
            .ToValueList();
    }

    private static string Label(ContainerSummary container, string name) => container.Labels is { } labels && labels.TryGetValue(name, out var value) ? value : "";
}

/// <summary>A container of a service.</summary>
/// <param name="Engine">Where it lives.</param>
/// <param name="Id">Full.</param>
/// <param name="Name">Without a leading slash.</param>
/// <param name="IsRunning">Now.</param>
/// <param name="Instance">From 1.</param>
public sealed record FoundContainer(IEngineWriter Engine, string Id, string Name, bool IsRunning, int Instance);
