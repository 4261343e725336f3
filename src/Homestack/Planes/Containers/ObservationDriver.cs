using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Looks at one engine: one list of each kind, then the details of what is ours, a few at a time.</summary>
internal sealed class ObservationDriver(IEngineApi engine, ImageDriver images)
{
    private const int AtOnce = 8;

    public async Task<HostObserved> ObserveAsync(ContainersDesired desired, string host, CancellationToken cancellationToken)
    {
        var version = await engine.PingAsync(cancellationToken).ConfigureAwait(false);
        var listing = engine.ListContainersAsync("", cancellationToken);
        var networksListing = engine.ListNetworksAsync("", cancellationToken);
        var volumesListing = engine.ListVolumesAsync("", cancellationToken);
        var (all, allNetworks, allVolumes) = (await listing.ConfigureAwait(false), await networksListing.ConfigureAwait(false), await volumesListing.ConfigureAwait(false));
        bool IsOurs(ValueMap<string>? labels) => OwnLabels.AreOf(desired.Home, labels);

        var wanted = desired.Containers.Where(container => container.Host == host).ToArray();
        var adopted = wanted.Where(container => container.Adopt.Length > 0).Select(container => container.Adopt).ToHashSet(StringComparer.Ordinal);
        var inspections = await EachAsync(all.Where(summary => IsOurs(summary.Labels) || adopted.Contains(summary.Id)),
            summary => engine.InspectContainerAsync(summary.Id, cancellationToken), cancellationToken).ConfigureAwait(false);
        var networks = await EachAsync(allNetworks.Where(network => IsOurs(network.Labels)), network => engine.InspectNetworkAsync(network.Id, cancellationToken), cancellationToken).ConfigureAwait(false);

        var imageNames = inspections.Select(container => container.Image).Concat(wanted.Select(container => container.Image.Reference.ToString()))
            .Concat(wanted.Select(container => container.Image.Pin?.ImageId).OfType<string>()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);
        var found = (await EachAsync(imageNames, async name => await engine.InspectImageAsync(name, cancellationToken).ConfigureAwait(false) is { } image ? new NamedImage(name, image) : null,
            cancellationToken).ConfigureAwait(false)).ToDictionary(named => named.Name, named => named.Image, StringComparer.Ordinal);

        var names = wanted.Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        var sleepers = wanted.Where(container => container.Sleeps).Select(container => container.Label).ToHashSet(StringComparer.Ordinal);
        var networkNames = desired.Networks.Where(network => network.Host == host).Select(network => network.Body.Name).ToHashSet(StringComparer.Ordinal);
        var volumeNames = desired.Volumes.Where(volume => volume.Host == host).Select(volume => volume.Body.Name).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Api = version.ApiVersion,
            Containers = inspections.Select(container => ContainerReader.Read(container, found.GetValueOrDefault(container.Image)))
                .Select(container => container with { Label = IsOurs(all.First(summary => summary.Id == container.Id).Labels) ? container.Label : "" })
                .Select(container => container with { Sleeps = sleepers.Contains(container.Label) })
                .OrderBy(container => container.Name, StringComparer.Ordinal).ThenBy(container => container.Id, StringComparer.Ordinal).ToValueList(),
            Networks = networks.Select(network => new NetworkObserved
            {
                Id = network.Id,
                Name = network.Name,
                Label = network.Labels?.GetValueOrDefault(OwnLabels.Resource) ?? "",
                Digest = network.Labels?.GetValueOrDefault(OwnLabels.Digest) ?? "",
                Driver = network.Driver,
                IsInternal = network.Internal,
                IsAttachable = network.Attachable,
                Members = (network.Containers ?? ValueMap<NetworkMember>.Empty).ToValueMap(member => member.Key, member => member.Value.Name),
            }).OrderBy(network => network.Name, StringComparer.Ordinal).ThenBy(network => network.Id, StringComparer.Ordinal).ToValueList(),
            Volumes = allVolumes.Where(volume => IsOurs(volume.Labels))
                .Select(volume => new VolumeObserved(volume.Name, volume.Labels?.GetValueOrDefault(OwnLabels.Resource) ?? "", volume.Labels?.GetValueOrDefault(OwnLabels.Digest) ?? ""))
                .OrderBy(volume => volume.Name, StringComparer.Ordinal).ToValueList(),
            Images = found.ToValueMap(image => image.Key, image => new ImageObserved(
                image.Value.Id,
                image.Value.Config?.Labels?.GetValueOrDefault(OwnLabels.Context) ?? "",
                (image.Value.RepoDigests ?? []).Order(StringComparer.Ordinal).ToValueList(),
                (image.Value.Config?.Volumes ?? ValueMap<EmptyObject>.Empty).Keys.ToValueList(),
                image.Value.Config?.Healthcheck is { Test: not null })),
            ForeignContainers = all.Where(summary => !IsOurs(summary.Labels)).SelectMany(summary => summary.Names.Select(name => (Name: name.TrimStart('/'), summary.Id)))
                .Where(pair => names.Contains(pair.Name)).DistinctBy(pair => pair.Name).ToValueMap(pair => pair.Name, pair => pair.Id),
            ForeignNetworks = allNetworks.Where(network => !IsOurs(network.Labels) && networkNames.Contains(network.Name)).DistinctBy(network => network.Name)
                .ToValueMap(network => network.Name, network => network.Id),
            ForeignVolumes = allVolumes.Where(volume => !IsOurs(volume.Labels) && volumeNames.Contains(volume.Name)).ToValueMap(volume => volume.Name, volume => volume.Driver),
            RegistryDigests = (await EachAsync(wanted.Where(container => container.Image is { Pull: PullPolicy.Always, Build: null, Pin: null }).Select(container => container.Image.Reference.ToString()).Distinct(),
                name => RegistryAsync(name, cancellationToken), cancellationToken).ConfigureAwait(false)).ToValueMap(served => served.Name, served => served.Digest),
        };
    }

    /// <remarks>A registry that does not answer is no reason not to plan: the image that is here goes on.</remarks>
    private async Task<Served?> RegistryAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var credentials = await images.CredentialsAsync(name, cancellationToken).ConfigureAwait(false);
            return await engine.InspectRegistryAsync(name, credentials, cancellationToken).ConfigureAwait(false) is { } served ? new(name, served.Digest) : null;
        }
        catch (MachineException)
        {
            return null;
        }
    }

    /// <summary>What was found for each, in the same order; what has gone away meanwhile is left out.</summary>
    private static async Task<List<TResult>> EachAsync<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, Task<TResult?>> look, CancellationToken cancellationToken)
        where TResult : class
    {
        using var gate = new SemaphoreSlim(AtOnce);
        var results = await Task.WhenAll(items.Select(async item =>
        {
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await look(item).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        })).ConfigureAwait(false);
        return [.. results.OfType<TResult>()];
    }

    private sealed record NamedImage(string Name, ImageInspection Image);

    private sealed record Served(string Name, string Digest);
}
