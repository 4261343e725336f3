using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Homes;

/// <summary>A container engine on which nothing is.</summary>
internal sealed class EmptyEngine : IEngineApi
{
    public static EmptyEngine Instance { get; } = new();

    public Task<EngineVersion> PingAsync(CancellationToken cancellationToken) => Task.FromResult(new EngineVersion(EngineReadClient.NewestApi, "none"));

    public Task<ValueList<ContainerSummary>> ListContainersAsync(string label, CancellationToken cancellationToken) => Task.FromResult(ValueList<ContainerSummary>.Empty);

    public Task<ContainerInspection?> InspectContainerAsync(string reference, CancellationToken cancellationToken) => Task.FromResult<ContainerInspection?>(null);

    public Task<ValueList<NetworkInspection>> ListNetworksAsync(string label, CancellationToken cancellationToken) => Task.FromResult(ValueList<NetworkInspection>.Empty);

    public Task<NetworkInspection?> InspectNetworkAsync(string reference, CancellationToken cancellationToken) => Task.FromResult<NetworkInspection?>(null);

    public Task<ValueList<VolumeInspection>> ListVolumesAsync(string label, CancellationToken cancellationToken) => Task.FromResult(ValueList<VolumeInspection>.Empty);

    public Task<VolumeInspection?> InspectVolumeAsync(string name, CancellationToken cancellationToken) => Task.FromResult<VolumeInspection?>(null);

    public Task<ImageInspection?> InspectImageAsync(string reference, CancellationToken cancellationToken) => Task.FromResult<ImageInspection?>(null);

    public Task<RegistryDescriptor?> InspectRegistryAsync(string reference, string credentials, CancellationToken cancellationToken) => Task.FromResult<RegistryDescriptor?>(null);

    public IAsyncEnumerable<EngineEvent> EventsAsync(string label, CancellationToken cancellationToken) => Nothing<EngineEvent>();

    public IAsyncEnumerable<LogLine> LogsAsync(string reference, LogRequest request, CancellationToken cancellationToken) => Nothing<LogLine>();

    private static async IAsyncEnumerable<T> Nothing<T>()
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }
}
