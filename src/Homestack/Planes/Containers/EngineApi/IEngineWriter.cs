namespace Homestack.Planes.Containers.EngineApi;

/// <summary>The door to a container engine with the calls that change something. Only an apply holds it.</summary>
/// <remarks>
/// Starting what runs, stopping what is stopped and creating a volume that is there are fine; everything else that is not so is a <c>MachineException</c>
/// (NotFound, Conflict). There is no call that removes a volume: a container's removal never takes its volumes along.
/// </remarks>
public interface IEngineWriter : IEngineApi
{
    /// <returns>The new container's id.</returns>
    Task<string> CreateContainerAsync(string name, string platform, ContainerBody body, CancellationToken cancellationToken);

    Task StartContainerAsync(string reference, CancellationToken cancellationToken);

    /// <param name="reference">Id or name.</param>
    /// <param name="grace">After this it is killed.</param>
    /// <param name="cancellationToken">Ends the waiting, not the stop.</param>
    Task StopContainerAsync(string reference, TimeSpan grace, CancellationToken cancellationToken);

    Task RestartContainerAsync(string reference, TimeSpan grace, CancellationToken cancellationToken);

    Task KillContainerAsync(string reference, string signal, CancellationToken cancellationToken);

    Task UnpauseContainerAsync(string reference, CancellationToken cancellationToken);

    Task RenameContainerAsync(string reference, string name, CancellationToken cancellationToken);

    Task UpdateContainerAsync(string reference, ContainerLimits limits, CancellationToken cancellationToken);

    Task RemoveContainerAsync(string reference, RemovalMode mode, CancellationToken cancellationToken);

    /// <summary>Waits until it does not run.</summary>
    /// <returns>Its exit code.</returns>
    Task<int> WaitContainerAsync(string reference, CancellationToken cancellationToken);

    /// <returns>The new network's id.</returns>
    Task<string> CreateNetworkAsync(NetworkBody body, CancellationToken cancellationToken);

    Task RemoveNetworkAsync(string reference, CancellationToken cancellationToken);

    Task ConnectNetworkAsync(string network, string container, EndpointSettings settings, CancellationToken cancellationToken);

    Task DisconnectNetworkAsync(string network, string container, CancellationToken cancellationToken);

    Task CreateVolumeAsync(VolumeBody body, CancellationToken cancellationToken);

    Task PullImageAsync(PullRequest request, IProgress<PullProgress> progress, CancellationToken cancellationToken);

    /// <param name="request">What to build.</param>
    /// <param name="writeContext">Writes the context as a tar stream.</param>
    /// <param name="progress">Gets the build's output line by line.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    Task BuildImageAsync(BuildRequest request, Func<Stream, CancellationToken, Task> writeContext, IProgress<string> progress, CancellationToken cancellationToken);

    Task TagImageAsync(string source, string repository, string tag, CancellationToken cancellationToken);

    /// <returns>The id of the prepared run.</returns>
    Task<string> CreateExecAsync(string container, ExecBody body, CancellationToken cancellationToken);

    /// <summary>Starts it; the stream carries its input and output. Without a terminal the output comes in frames (<see cref="LogFrames"/>).</summary>
    Task<Stream> StartExecAsync(string id, bool hasTerminal, CancellationToken cancellationToken);

    Task<ExecInspection> InspectExecAsync(string id, CancellationToken cancellationToken);

    Task ResizeExecAsync(string id, int rows, int columns, CancellationToken cancellationToken);
}
