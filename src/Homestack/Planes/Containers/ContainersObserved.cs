using System.Text.Json.Serialization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>What is there now, on every host. No choices are made: leftovers and duplicates are all here.</summary>
public sealed record ContainersObserved : IResolvesImages
{
    public required ValueMap<HostObserved> Hosts { get; init; }

    /// <summary>By the name of a secret that is wanted: a keyed digest of its value. One that is not here is not set.</summary>
    public ValueMap<string> SecretDigests { get; init; } = ValueMap<string>.Empty;

    /// <summary>By the name of an image that is built: a digest of all that goes into it.</summary>
    public ValueMap<string> ContextDigests { get; init; } = ValueMap<string>.Empty;

    /// <summary>By the name of an image that is built: why its context cannot be read.</summary>
    public ValueMap<string> ContextProblems { get; init; } = ValueMap<string>.Empty;

    /// <remarks>Of several containers of one service the one that runs counts, and of those the first. Of several digests of an image the one of the repository it was asked for by.</remarks>
    public ValueMap<ImagePin> ResolveImages()
    {
        const string service = "service:";
        return Hosts.Values
            .SelectMany(host => host.Containers, (host, container) => (host.Images, Container: container))
            .Where(pair => pair.Container.Label.StartsWith(service, StringComparison.Ordinal))
            .GroupBy(pair => pair.Container.Label[service.Length..])
            .Select(group => (group.Key, First: group.OrderBy(pair => pair.Container.Phase != ContainerPhase.Running).ThenBy(pair => pair.Container.Instance).First()))
            .ToValueMap(found => found.Key, found => new ImagePin(found.First.Container.ImageId, DigestOf(found.First.Container, found.First.Images)));
    }

    private static string DigestOf(ContainerObserved container, ValueMap<ImageObserved> images)
    {
        var digests = images.TryGetValue(container.ImageId, out var image) ? image.RepositoryDigests : [];
        var repository = ImageReference.TryParse(container.ImageName, out var name) ? name?.Repository : null;
        return digests.FirstOrDefault(digest => repository is not null && digest.StartsWith(repository + "@", StringComparison.Ordinal)) ?? digests.FirstOrDefault() ?? "";
    }
}

/// <summary>What is on one host.</summary>
public sealed record HostObserved
{
    /// <summary>API version that was agreed on.</summary>
    public required string Api { get; init; }

    /// <summary>With our home's label, and those that are to be taken over. Sorted by name, then id.</summary>
    public ValueList<ContainerObserved> Containers { get; init; } = [];

    /// <summary>With our home's label. Sorted by name, then id.</summary>
    public ValueList<NetworkObserved> Networks { get; init; } = [];

    /// <summary>With our home's label. Sorted by name.</summary>
    public ValueList<VolumeObserved> Volumes { get; init; } = [];

    /// <summary>By the name that is wanted or the id that a container has.</summary>
    public ValueMap<ImageObserved> Images { get; init; } = ValueMap<ImageObserved>.Empty;

    /// <summary>Names we want that a container without our label holds, with its id.</summary>
    public ValueMap<string> ForeignContainers { get; init; } = ValueMap<string>.Empty;

    /// <summary>Names we want, or are told to use, that a network without our label holds, with its id.</summary>
    public ValueMap<string> ForeignNetworks { get; init; } = ValueMap<string>.Empty;

    /// <summary>Names we want, or are told to use, that a volume without our label holds, with its driver.</summary>
    public ValueMap<string> ForeignVolumes { get; init; } = ValueMap<string>.Empty;

    /// <summary>By image name, for those that are to be asked for always: the digest that the registry serves now.</summary>
    public ValueMap<string> RegistryDigests { get; init; } = ValueMap<string>.Empty;
}

/// <summary>A container that is there.</summary>
public sealed record ContainerObserved
{
    public required string Id { get; init; }

    /// <summary>Without a leading slash.</summary>
    public required string Name { get; init; }

    /// <summary>The label; empty on one that is to be taken over.</summary>
    public string Label { get; init; } = "";

    public int Instance { get; init; } = 1;

    /// <summary>The label; empty when it has none.</summary>
    public string Digest { get; init; } = "";

    public required string ImageId { get; init; }

    /// <summary>The name it was made with.</summary>
    public string ImageName { get; init; } = "";

    public ContainerPhase Phase { get; init; }

    /// <summary>It may be stopped or started at any time by who comes and goes: what it does at the moment is no part of any plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Sleeps { get; init; }

    /// <summary>Of its last run; 0 while it runs.</summary>
    public int ExitCode { get; init; }

    /// <summary>Null: it has no health check.</summary>
    public bool? IsHealthy { get; init; }

    /// <summary>As it is, without what comes from its image. Namespaces of other containers are <c>container:id</c>.</summary>
    public required ContainerBody Body { get; init; }

    /// <summary>By name, without what comes from its image: a digest of the value.</summary>
    public ValueMap<string> Environment { get; init; } = ValueMap<string>.Empty;

    public required ContainerLimits Limits { get; init; }

    /// <summary>By the engine's name of the network.</summary>
    public ValueMap<EndpointSettings> Networks { get; init; } = ValueMap<EndpointSettings>.Empty;

    /// <summary>Everything that is mounted, also what the engine added.</summary>
    public ValueList<MountPoint> Mounts { get; init; } = [];
}

/// <summary>What a container does, as far as something is decided on it.</summary>
public enum ContainerPhase
{
    /// <summary>Made, never started.</summary>
    Created,
    Running,

    /// <summary>It fell over, and the engine starts it again and again.</summary>
    Restarting,
    Paused,
    Exited,

    /// <summary>The engine could not remove it; only a new one helps.</summary>
    Dead,
}

/// <summary>A network that is there.</summary>
public sealed record NetworkObserved
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Label { get; init; }

    public string Digest { get; init; } = "";

    public string Driver { get; init; } = "";

    public bool IsInternal { get; init; }

    public bool IsAttachable { get; init; }

    /// <summary>Containers on it, by id, with their names; also those that are not ours.</summary>
    public ValueMap<string> Members { get; init; } = ValueMap<string>.Empty;
}

/// <summary>A volume that is there.</summary>
public sealed record VolumeObserved(string Name, string Label, string Digest);

/// <summary>An image that is there.</summary>
/// <param name="Id"><c>sha256:…</c></param>
/// <param name="Context">Digest of what it was built from by us; empty otherwise.</param>
/// <param name="RepositoryDigests">Each <c>name@sha256:…</c>.</param>
/// <param name="Volumes">Paths that get an anonymous volume, sorted.</param>
/// <param name="HasHealthcheck">It says itself how to find out whether it is well.</param>
public sealed record ImageObserved(string Id, string Context, ValueList<string> RepositoryDigests, ValueList<string> Volumes, bool HasHealthcheck);
