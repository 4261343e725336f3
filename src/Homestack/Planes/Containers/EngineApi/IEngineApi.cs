using Homestack.Collections;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>The only door to a container engine: what can be read there. Who holds this alone cannot change anything.</summary>
/// <remarks>Absent things are null, never an exception. Every other failure is a <c>MachineException</c> with the engine's own words.</remarks>
public interface IEngineApi
{
    /// <summary>Agrees on an API version; refuses an engine older than 1.41.</summary>
    Task<EngineVersion> PingAsync(CancellationToken cancellationToken);

    /// <summary>All containers, running or not.</summary>
    /// <param name="label"><c>name</c> or <c>name=value</c> that they must carry; empty for every container.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<ValueList<ContainerSummary>> ListContainersAsync(string label, CancellationToken cancellationToken);

    /// <param name="reference">Id or name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<ContainerInspection?> InspectContainerAsync(string reference, CancellationToken cancellationToken);

    Task<ValueList<NetworkInspection>> ListNetworksAsync(string label, CancellationToken cancellationToken);

    Task<NetworkInspection?> InspectNetworkAsync(string reference, CancellationToken cancellationToken);

    Task<ValueList<VolumeInspection>> ListVolumesAsync(string label, CancellationToken cancellationToken);

    Task<VolumeInspection?> InspectVolumeAsync(string name, CancellationToken cancellationToken);

    /// <param name="reference">Id, or a name with tag or digest.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<ImageInspection?> InspectImageAsync(string reference, CancellationToken cancellationToken);

    /// <summary>What the registry serves under a name now; null when it does not know the name.</summary>
    /// <param name="reference">With tag.</param>
    /// <param name="credentials">Value of <c>X-Registry-Auth</c>; empty for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<RegistryDescriptor?> InspectRegistryAsync(string reference, string credentials, CancellationToken cancellationToken);

    /// <summary>What happens from now on, until cancelled or until the engine goes away.</summary>
    IAsyncEnumerable<EngineEvent> EventsAsync(string label, CancellationToken cancellationToken);

    IAsyncEnumerable<LogLine> LogsAsync(string reference, LogRequest request, CancellationToken cancellationToken);
}
