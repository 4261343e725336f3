using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Homes;

/// <summary>Where the containers of what answers over HTTP are at this moment.</summary>
public static class AddressBook
{
    /// <summary>Host networking: the container answers where this machine does.</summary>
    private const string Loopback = "127.0.0.1";

    /// <summary>Asks the engines of this machine.</summary>
    /// <exception cref="Machine.MachineException">An engine does not answer.</exception>
    public static async Task<AddressesSnapshot> LookAsync(Blueprint blueprint, HostEngines engines, CancellationToken cancellationToken)
    {
        var services = Answer.Of(blueprint).Select(answer => answer.Service).OfType<Service>().Concat(RawAnswer.Of(blueprint).Select(raw => raw.Service)).DistinctBy(service => (service.Stack, service.Name)).ToArray();
        var found = new Dictionary<string, ValueList<string>>();
        var unwell = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var host in services.GroupBy(service => service.Host))
        {
            var engine = engines.Of(host.Key);
            var all = await engine.ListContainersAsync($"homestack.home={blueprint.Home}", cancellationToken).ConfigureAwait(false);
            foreach (var service in host)
            {
                var key = $"{service.Stack}/{service.Name}";
                var running = all.Where(container => container.State == "running" && container.Labels?.GetValueOrDefault("homestack.resource") == "service:" + key);
                var places = await Task.WhenAll(running.Select(container => PlaceAsync(engine, container.Id, isFollowed: true, cancellationToken))).ConfigureAwait(false);
                found[key] = places.Where(place => place.Address.Length > 0 && !place.IsUnwell).Select(place => place.Address).Distinct().Order(StringComparer.Ordinal).ToValueList();
                if (found[key].Count == 0 && places.Any(place => place.IsUnwell))
                {
                    unwell.Add(key);
                }
            }
        }

        return new(found.ToValueMap()) { Unwell = unwell.Count == 0 ? null : unwell.ToValueList() };
    }

    /// <remarks>One that is still starting may well answer already, so only one that failed its check is passed over.</remarks>
    private static async Task<(string Address, bool IsUnwell)> PlaceAsync(IEngineApi engine, string id, bool isFollowed, CancellationToken cancellationToken)
    {
        if (await engine.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false) is not { } there)
        {
            return ("", false);
        }

        const string shared = "container:";
        var mode = there.HostConfig.NetworkMode ?? "";
        var address = mode == "host" ? Loopback
            : mode.StartsWith(shared, StringComparison.Ordinal) ? isFollowed ? (await PlaceAsync(engine, mode[shared.Length..], isFollowed: false, cancellationToken).ConfigureAwait(false)).Address : ""
            : (there.NetworkSettings.Networks ?? ValueMap<EndpointSettings>.Empty).Values.Select(network => network.IpAddress ?? "").FirstOrDefault(address => address.Length > 0, "");
        return (address, there.State.Health?.Status == "unhealthy");
    }
}
