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
        var services = Answer.Of(blueprint).Select(answer => answer.Service).OfType<Service>().ToArray();
        var found = new Dictionary<string, ValueList<string>>();
        foreach (var host in services.GroupBy(service => service.Host))
        {
            var engine = engines.Of(host.Key);
            var all = await engine.ListContainersAsync($"homestack.home={blueprint.Home}", cancellationToken).ConfigureAwait(false);
            foreach (var service in host)
            {
                var key = $"{service.Stack}/{service.Name}";
                var running = all.Where(container => container.State == "running" && container.Labels?.GetValueOrDefault("homestack.resource") == "service:" + key);
                var addresses = await Task.WhenAll(running.Select(container => AddressAsync(engine, container.Id, isFollowed: true, cancellationToken))).ConfigureAwait(false);
                found[key] = addresses.Where(address => address.Length > 0).Distinct().Order(StringComparer.Ordinal).ToValueList();
            }
        }

        return new(found.ToValueMap());
    }

    private static async Task<string> AddressAsync(IEngineApi engine, string id, bool isFollowed, CancellationToken cancellationToken)
    {
        if (await engine.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false) is not { } there)
        {
            return "";
        }

        const string shared = "container:";
        var mode = there.HostConfig.NetworkMode ?? "";
        return mode == "host" ? Loopback
            : mode.StartsWith(shared, StringComparison.Ordinal) ? isFollowed ? await AddressAsync(engine, mode[shared.Length..], isFollowed: false, cancellationToken).ConfigureAwait(false) : ""
            : (there.NetworkSettings.Networks ?? ValueMap<EndpointSettings>.Empty).Values.Select(network => network.IpAddress ?? "").FirstOrDefault(address => address.Length > 0, "");
    }
}
