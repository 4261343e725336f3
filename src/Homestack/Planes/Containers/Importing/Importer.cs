using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers.Importing;

/// <summary>Containers that run → a home whose plan is empty: each is taken over as it is, by its id; networks and volumes stay somebody else's. Pure.</summary>
/// <remarks>What cannot be said in a file is left out with its reason, and so is what depends on it.</remarks>
public static class Importer
{
    /// <param name="home">Name of the home; see <see cref="HomeName"/>.</param>
    /// <param name="found">What runs.</param>
    /// <param name="refused">Containers that are to be left out, by name, with the reason.</param>
    public static ImportedHome Import(string home, ValueList<FoundContainer> found, ValueMap<string> refused)
    {
        var leftOut = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var kept = new List<FoundContainer>();
        foreach (var container in found)
        {
            var reason = refused.GetValueOrDefault(container.Name) ?? Unexpressed.Reason(container) ?? ImageReason(container);
            if (reason is null)
            {
                kept.Add(container);
            }
            else
            {
                leftOut[container.Name] = reason;
            }
        }

        // Leaving one out may leave another without what it shares, so this goes on until nothing changes.
        while (true)
        {
            var names = new ImportNames(kept);
            var torn = kept.Select(container => (container.Name, Reason: SharedReason(container, names))).Where(pair => pair.Reason is not null).ToArray();
            if (torn.Length == 0)
            {
                return Build(home, kept, names, leftOut);
            }

            foreach (var (name, reason) in torn)
            {
                leftOut[name] = reason ?? "";
                kept.RemoveAll(container => container.Name == name);
            }
        }
    }

    /// <summary>A home's name made from any text, such as a folder's name.</summary>
    public static string HomeName(string text) => ImportNames.Label(text, 32, "home");

    private static ImportedHome Build(string home, List<FoundContainer> kept, ImportNames names, SortedDictionary<string, string> leftOut)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        var services = kept.Select(container => Service(container, kept, names, secrets)).ToList();
        return new()
        {
            Blueprint = new()
            {
                Home = home,
                Hosts = new[] { Host.Local }.ToValueMap(name => name, _ => new Host { Engine = "" }),
                Services = services.ToValueMap(service => $"{service.Stack}/{service.Name}", service => service),
                Networks = names.Networks.ToValueMap(network => $"{network.Stack}/{network.Key}", network => network),
                Volumes = names.Volumes.ToValueMap(volume => $"{volume.Stack}/{volume.Key}", volume => volume),
            },
            Containers = kept.ToValueMap(container => $"{names.PlaceOf(container).Stack}/{names.PlaceOf(container).Service}", container => container.Name),
            Secrets = secrets.ToValueMap(),
            LeftOut = leftOut.Select(pair => new LeftOut(pair.Key, pair.Value)).ToValueList(),
        };
    }

    private static Service Service(FoundContainer found, List<FoundContainer> all, ImportNames names, Dictionary<string, string> secrets)
    {
        var (stack, name) = names.PlaceOf(found);
        var settings = SettingsReader.Read(ContainerReader.Read(found.Container, found.Image));
        var host = found.Container.HostConfig;
        return new()
        {
            Stack = stack,
            Name = name,
            Image = new() { Reference = ImportedImage.NameOf(found) ?? new("scratch", null, null) },
            Container = settings with
            {
                Environment = Environment(found, stack, name, secrets),
                Ipc = Shared(settings.Ipc, names),
                Pid = Shared(settings.Pid, names),
                NetworkMode = Mode(host, names),
                Networks = HasOwnNetworks(host) ? Networks(found, name, names) : ValueMap<NetworkAttachment>.Empty,
                Mounts = MountsReader.Read(found, volume => names.Volume(found, volume)),
                VolumesFrom = (host.VolumesFrom ?? []).Select(from => VolumesFrom(from, names)).ToValueList(),
            },
            DependsOn = ImportedDependencies.Of(found, stack, all, names),
            Exposure = new() { PublishesByEngine = settings.Ports.Count > 0 },
            Adopt = found.Container.Id,
        };
    }

    private static ValueMap<Text> Environment(FoundContainer found, string stack, string service, Dictionary<string, string> secrets)
    {
        var variables = new List<KeyValuePair<string, Text>>();
        foreach (var (name, value) in ContainerReader.Environment(found.Container.Config.Env, found.Image?.Config?.Env))
        {
            if (!SecretLikeness.IsSecret(name, value))
            {
                variables.Add(new(name, Text.Literal(value)));
                continue;
            }

            var plain = ImportNames.Label($"{stack}-{service}-{name}", 60, "secret");
            var secret = plain;
            for (var number = 2; secrets.TryGetValue(secret, out var other) && other != value; number++)
            {
                secret = $"{plain}-{number}";
            }

            secrets[secret] = value;
            variables.Add(new(name, Text.SecretNamed(secret)));
        }

        return variables.ToValueMap();
    }

    private static bool HasOwnNetworks(HostConfig host) => !Unexpressed.IsDefaultNetwork(host) && host.NetworkMode is not ("host" or "none") && SharedWith(host.NetworkMode) is null;

    private static NetworkMode Mode(HostConfig host, ImportNames names) =>
        Unexpressed.IsDefaultNetwork(host) ? new(NetworkModeKind.Bridge, "")
        : host.NetworkMode == "host" ? new(NetworkModeKind.Host, "")
        : host.NetworkMode == "none" ? new(NetworkModeKind.None, "")
        : SharedWith(host.NetworkMode) is { } other ? new(NetworkModeKind.Service, names.OwnerOf(other) ?? other)
        : new(NetworkModeKind.Networks, "");

    private static ValueMap<NetworkAttachment> Networks(FoundContainer found, string service, ImportNames names)
    {
        var there = ContainerReader.Read(found.Container, found.Image).Networks;

        // Others may know it by the container's name, which its successor will not have.
        ValueList<string> ownName = found.ComposeService.Length > 0 && found.Name != service && !IsGivenByCompose(found) ? [found.Name] : [];
        return there.ToValueMap(network => names.Network(found, network.Key), network => new NetworkAttachment
        {
            Aliases = (network.Value.Aliases ?? []).Concat(ownName).Where(alias => alias != service).Distinct().Order(StringComparer.Ordinal).ToValueList(),
            Ipv4Address = network.Value.Addresses?.Ipv4Address,
            Ipv6Address = network.Value.Addresses?.Ipv6Address,
            LinkLocalAddresses = network.Value.Addresses?.LinkLocalAddresses ?? [],

            // The network that it was made with stays the first one.
            Priority = there.Count > 1 && network.Key == found.Container.HostConfig.NetworkMode ? 1 : 0,
        });
    }

    private static bool IsGivenByCompose(FoundContainer found) =>
        found.Name == $"{found.Project}_{found.ComposeService}_{found.Number}" || found.Name == $"{found.Project}-{found.ComposeService}-{found.Number}";

    private static string? Shared(string? mode, ImportNames names) => SharedWith(mode) is { } other ? $"service:{names.OwnerOf(other) ?? other}" : mode;

    private static string? SharedWith(string? mode) => mode is not null && mode.StartsWith("container:", StringComparison.Ordinal) ? mode["container:".Length..] : null;

    private static string VolumesFrom(string from, ImportNames names)
    {
        var parts = from.Split(':');
        return (names.OwnerOf(parts[0]) ?? parts[0]) + (parts.Contains("ro") ? ":ro" : "");
    }

    private static string? ImageReason(FoundContainer found) =>
        ImportedImage.NameOf(found) is null ? $"its image has no name any more; give it one first: docker tag {found.Container.Image} NAME" : null;

    private static string? SharedReason(FoundContainer found, ImportNames names)
    {
        var host = found.Container.HostConfig;
        var others = new[] { SharedWith(host.NetworkMode), SharedWith(host.IpcMode), SharedWith(host.PidMode) }.OfType<string>().Concat((host.VolumesFrom ?? []).Select(from => from.Split(':')[0]));
        var stack = names.PlaceOf(found).Stack;
        return others.Select(other => names.OwnerOf(other) is not { } owner ? $"it shares network, processes or volumes with the container {other[..Math.Min(12, other.Length)]}, which is not imported"
            : owner.StartsWith(stack + "/", StringComparison.Ordinal) ? null
            : $"it shares network, processes or volumes with {owner}, which belongs to another Compose project").FirstOrDefault(reason => reason is not null);
    }
}
