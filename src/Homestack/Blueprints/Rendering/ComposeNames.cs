using Homestack.Collections;

namespace Homestack.Blueprints.Rendering;

/// <summary>What services, networks and volumes are called in one Compose file.</summary>
/// <remarks>A file with a single stack keeps its keys. In a file with several, a key that more than one stack has is preceded by the stack's name.</remarks>
internal sealed class ComposeNames
{
    private readonly ValueMap<string> services;
    private readonly ValueMap<string> networks;
    private readonly ValueMap<string> volumes;

    public ComposeNames(Blueprint blueprint)
    {
        services = Names(blueprint.Services.Select(pair => (pair.Key, pair.Value.Stack, pair.Value.Name)));
        networks = Names(blueprint.Networks.Select(pair => (pair.Key, pair.Value.Stack, pair.Value.Key)));
        volumes = Names(blueprint.Volumes.Select(pair => (pair.Key, pair.Value.Stack, pair.Value.Key)));
    }

    /// <param name="owner"><c>stack/name</c>.</param>
    public string Service(string owner) => services.TryGetValue(owner, out var name) ? name : Last(owner);

    /// <param name="key"><c>stack/key</c>.</param>
    public string Network(string key) => networks.TryGetValue(key, out var name) ? name : Last(key);

    /// <param name="key"><c>stack/key</c>.</param>
    public string Volume(string key) => volumes.TryGetValue(key, out var name) ? name : Last(key);

    /// <summary>For <c>service:stack/name</c> and <c>stack/name:ro</c>; anything else stays.</summary>
    public string Reference(string written)
    {
        const string OfService = "service:";
        if (written.StartsWith(OfService, StringComparison.Ordinal))
        {
            return OfService + Service(written[OfService.Length..]);
        }

        var colon = written.IndexOf(':', StringComparison.Ordinal);
        var owner = colon < 0 ? written : written[..colon];
        return services.ContainsKey(owner) ? Service(owner) + (colon < 0 ? "" : written[colon..]) : written;
    }

    private static ValueMap<string> Names(IEnumerable<(string Qualified, string Stack, string Key)> items)
    {
        var all = items.ToArray();
        var isSingle = all.Select(item => item.Stack).Distinct(StringComparer.Ordinal).Count() <= 1;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<KeyValuePair<string, string>>();
        foreach (var (qualified, stack, key) in all.OrderBy(item => item.Qualified, StringComparer.Ordinal))
        {
            var isShared = !isSingle && (key == "default" || all.Count(item => item.Key == key) > 1);
            var name = isShared ? $"{stack}-{key}" : key;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{stack}-{key}-{number}";
            }

            names.Add(new(qualified, name));
        }

        return names.ToValueMap();
    }

    private static string Last(string qualified) => qualified[(qualified.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
