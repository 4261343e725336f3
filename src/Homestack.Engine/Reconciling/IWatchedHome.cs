using Homestack.Plans;

namespace Homestack.Engine.Reconciling;

/// <summary>A home as the watch sees it.</summary>
internal interface IWatchedHome
{
    /// <summary>Something happened to what is ours, until the container engine goes away.</summary>
    /// <exception cref="Machine.MachineException">The container engine does not answer.</exception>
    IAsyncEnumerable<string> HappeningsAsync(CancellationToken cancellationToken);

    /// <summary>Compares the world with the newest generation. Reads only. Null while an apply is under way: half of it is no drift.</summary>
    /// <exception cref="Machine.MachineException">The container engine does not answer.</exception>
    Task<Sighting?> LookAsync(CancellationToken cancellationToken);

    /// <summary>Carries out a plan that brings the world back.</summary>
    /// <returns>Empty when it went well; else what went wrong.</returns>
    Task<string> RepairAsync(Plan plan, CancellationToken cancellationToken);
}
