using System.Globalization;
using System.Runtime.CompilerServices;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Tests.Planes.Containers;

/// <summary>A container engine in memory that follows the rules of a real one: unique names, ports that clash when started, ids, anonymous volumes, things in use.</summary>
internal sealed partial class ModelEngine : IEngineWriter
{
    private readonly Lock gate = new();
    private int nextId;

    public ModelEngine()
    {
        foreach (var name in new[] { "bridge", "host", "none" })
        {
            Networks.Add(new(NewId(), new() { Name = name, Driver = name }));
        }
    }

    public ModelFaults Faults { get; } = new();

    /// <summary>Counts every call to this engine together with those to other things, and lets one of all of them go wrong; null where only writes are counted.</summary>
    public Model.Faults? Shared { get; init; }

    public List<ModelContainer> Containers { get; } = [];

    public List<ModelNetwork> Networks { get; } = [];

    public Dictionary<string, VolumeInspection> Volumes { get; } = [];

    /// <summary>By name and by id.</summary>
    public Dictionary<string, ModelImage> Images { get; } = [];

    /// <summary>What can be pulled, by name.</summary>
    public Dictionary<string, ModelImage> Registry { get; } = [];

    /// <summary>Names of volumes that were ever removed: there is no call for it, so it stays empty.</summary>
    public IEnumerable<string> VolumeNames => Volumes.Keys.Order(StringComparer.Ordinal);

    /// <summary>Everything that was there, as text, without what differs between two runs (ids, starts).</summary>
    public string Describe() => string.Join('\n', Containers.OrderBy(container => container.Name, StringComparer.Ordinal)
        .Select(container => $"{container.Name} {container.Status} {container.Image.Id} {container.Config.Labels?.GetValueOrDefault("homestack.digest")} [{string.Join(',', container.Networks.Keys.Select(id => Networks.Find(network => network.Id == id)?.Body.Name).Order())}] {string.Join(',', container.Mounts.Select(mount => $"{(mount.Name?.StartsWith("anonymous-") == true ? "anonymous" : mount.Name)}:{mount.Destination}").Order())}")
        .Concat(Networks.Select(network => $"network {network.Body.Name}").Order(StringComparer.Ordinal))
        .Concat(VolumeNames.Where(name => !name.StartsWith("anonymous-", StringComparison.Ordinal)).Select(name => $"volume {name}")));

    /// <summary>Gives the engine an image, as if it had been pulled or loaded before.</summary>
    public ModelImage AddImage(string name, ModelBehaviour behaviour = ModelBehaviour.Runs, ContainerBody? config = null)
    {
        var image = new ModelImage(ImageId(name + behaviour), config ?? new() { Cmd = ["run"] }, behaviour);
        return Images[name] = Images[image.Id] = image;
    }

    /// <summary>Lets the registry serve an image; a new content gives a new id.</summary>
    public ModelImage AddToRegistry(string name, string content = "1", ModelBehaviour behaviour = ModelBehaviour.Runs, ContainerBody? config = null) =>
        Registry[name] = new(ImageId(name + content + behaviour), config ?? new() { Cmd = ["run"] }, behaviour, $"{name.Split(':')[0]}@{ImageId(name + content)}");

    /// <summary>A container that is somebody else's.</summary>
    public ModelContainer AddForeign(string name, ContainerBody? body = null)
    {
        var image = AddImage("foreign:1");
        return Add(name, (body ?? new()) with { Image = "foreign:1" }, image);
    }

    public Task<EngineVersion> PingAsync(CancellationToken cancellationToken) => Task.FromResult(new EngineVersion("1.41", "model"));

    public Task<ValueList<ContainerSummary>> ListContainersAsync(string label, CancellationToken cancellationToken) => Read(() =>
        Containers.Where(container => container.Carries(label))
            .Select(container => new ContainerSummary { Id = container.Id, Names = ["/" + container.Name], Labels = container.Config.Labels, State = container.Status }).ToValueList());

    public Task<ContainerInspection?> InspectContainerAsync(string reference, CancellationToken cancellationToken) =>
        Read(() => Find(reference) is { } container ? Inspect(container) : null);

    public Task<ValueList<NetworkInspection>> ListNetworksAsync(string label, CancellationToken cancellationToken) =>
        Read(() => Networks.Where(network => network.Carries(label)).Select(network => Inspect(network) with { Containers = null }).ToValueList());

    public Task<NetworkInspection?> InspectNetworkAsync(string reference, CancellationToken cancellationToken) =>
        Read(() => FindNetwork(reference) is { } network ? Inspect(network) : null);

    public Task<ValueList<VolumeInspection>> ListVolumesAsync(string label, CancellationToken cancellationToken) =>
        Read(() => Volumes.Values.Where(volume => volume.Carries(label)).OrderBy(volume => volume.Name, StringComparer.Ordinal).ToValueList());

    public Task<VolumeInspection?> InspectVolumeAsync(string name, CancellationToken cancellationToken) => Read(() => Volumes.GetValueOrDefault(name));

    public Task<ImageInspection?> InspectImageAsync(string reference, CancellationToken cancellationToken) => Read(() =>
        Images.TryGetValue(reference, out var image)
            ? new ImageInspection { Id = image.Id, Config = image.Config, Size = image.Size, RepoDigests = image.RepositoryDigest.Length > 0 ? [image.RepositoryDigest] : [] } : null);

    public Task<RegistryDescriptor?> InspectRegistryAsync(string reference, string credentials, CancellationToken cancellationToken) => Read(() =>
        Registry.TryGetValue(reference, out var image) ? new RegistryDescriptor { Digest = image.RepositoryDigest.Split('@')[1], Size = image.Size } : null);

    public async IAsyncEnumerable<EngineEvent> EventsAsync(string label, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public async IAsyncEnumerable<LogLine> LogsAsync(string reference, LogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new(LogSource.Error, "the last words of " + reference);
    }

    private static MachineException No(MachineFailure kind, string words) => new("model engine", words, kind: kind);

    private static string ImageId(string content) => "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));

    private string NewId() => (++nextId).ToString("x64", CultureInfo.InvariantCulture);

    private Task<T> Read<T>(Func<T> read)
    {
        lock (gate)
        {
            return Task.FromResult(Shared is null ? read() : Shared.Call("ask the engine", read));
        }
    }

    private ModelContainer? Find(string reference) =>
        Containers.Find(container => container.Name == reference.TrimStart('/') || container.Id == reference || (reference.Length >= 12 && container.Id.StartsWith(reference, StringComparison.Ordinal)));

    private ModelContainer Need(string reference) => Find(reference) ?? throw No(MachineFailure.NotFound, $"No such container: {reference}");

    private ModelNetwork? FindNetwork(string reference) => Networks.Find(network => network.Id == reference) ?? Networks.Find(network => network.Body.Name == reference);

    private ModelNetwork NeedNetwork(string reference) => FindNetwork(reference) ?? throw No(MachineFailure.NotFound, $"network {reference} not found");

    private ContainerInspection Inspect(ModelContainer container)
    {
        if (container.Health == "starting")
        {
            container.Health = container.Image.Behaviour == ModelBehaviour.Sick ? "unhealthy" : "healthy";
        }

        return new()
        {
            Id = container.Id,
            Name = "/" + container.Name,
            Image = container.Image.Id,
            Config = container.Config,
            HostConfig = container.HostConfig,
            Mounts = container.Mounts.ToValueList(),
            State = new() { Status = container.Status, ExitCode = container.ExitCode, Health = container.Health.Length == 0 ? null : new() { Status = container.Health } },
            NetworkSettings = new()
            {
                Networks = container.Networks.Where(network => FindNetwork(network.Key) is not null)
                    .ToValueMap(network => NeedNetwork(network.Key).Body.Name, network => network.Value with
                    {
                        NetworkId = network.Key,
                        Aliases = [.. network.Value.Aliases ?? [], container.Id[..12]],
                    }),
            },
        };
    }

    private NetworkInspection Inspect(ModelNetwork network) => new()
    {
        Id = network.Id,
        Name = network.Body.Name,
        Driver = network.Body.Driver ?? "bridge",
        Internal = network.Body.Internal == true,
        Attachable = network.Body.Attachable == true,
        Labels = network.Body.Labels,
        Options = network.Body.Options,
        Ipam = network.Body.Ipam,
        Containers = Containers.Where(container => container.IsActive && container.Networks.ContainsKey(network.Id))
            .ToValueMap(container => container.Id, container => new NetworkMember { Name = container.Name }),
    };
}
