using Homestack.Apply;
using Homestack.Generations;
using Homestack.Machine;
using Homestack.Plans;

namespace Homestack;

/// <summary>Everything that is kept in one state folder. One home, one folder.</summary>
public sealed class HomeState
{
    /// <param name="disk">Where; it is guarded here, so that nothing is written after a failed fsync.</param>
    /// <param name="folder">Absolute; made by the first apply.</param>
    /// <param name="json">How plans are written.</param>
    /// <param name="time">The clock.</param>
    public HomeState(IDisk disk, string folder, PlanJson json, TimeProvider time)
    {
        Folder = folder;
        Disk = new GuardedDisk(disk);
        Json = json;
        Journal = new(Disk, Path.Combine(folder, "journal"), time);
        Generations = new(Disk, Path.Combine(folder, "generations"), json);
        Home = new(Disk, Path.Combine(folder, "home"));
        Secrets = new(Disk, Path.Combine(folder, "secrets"));
    }

    public string Folder { get; }

    public IDisk Disk { get; }

    public PlanJson Json { get; }

    public Journal Journal { get; }

    public GenerationStore Generations { get; }

    public HomeStore Home { get; }

    public SecretStore Secrets { get; }

    public string LockPath => Path.Combine(Folder, "lock");
}
