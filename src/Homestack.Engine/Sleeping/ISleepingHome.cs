using Homestack.Collections;
using Homestack.Fronts;

namespace Homestack.Engine.Sleeping;

/// <summary>A home as the keeper of its sleeping services sees it.</summary>
internal interface ISleepingHome
{
    /// <summary>Services that sleep, by <c>stack/name</c>, and after how long without a visitor.</summary>
    ValueMap<TimeSpan> Sleeping();

    /// <summary>Who visits; null while nobody can say.</summary>
    /// <param name="after">Number of the report that is known; another one is told at once.</param>
    /// <param name="wait">Most.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<VisitsReport?> VisitsAsync(long after, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Which runs of containers there are: another text for each start, empty for a service of which none runs.</summary>
    /// <exception cref="Machine.MachineException">The container engine does not answer.</exception>
    Task<ValueMap<string>> RunsAsync(CancellationToken cancellationToken);

    /// <summary>Starts the containers of a service, once nobody carries anything out.</summary>
    /// <returns>False when that took too long.</returns>
    /// <exception cref="Machine.MachineException">It could not be started.</exception>
    Task<bool> WakeAsync(string service, CancellationToken cancellationToken);

    /// <summary>Stops the containers of a service. New visitors are held from before the last look at who is there, so that none is lost.</summary>
    /// <param name="service"><c>stack/name</c>.</param>
    /// <param name="isStillIdle">The last look.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False when something is being carried out, or somebody came.</returns>
    /// <exception cref="Machine.MachineException">It could not be stopped.</exception>
    Task<bool> StopAsync(string service, Func<Task<bool>> isStillIdle, CancellationToken cancellationToken);
}
