using Homestack.Apply;
using Homestack.Diagnostics;
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

    /// <summary>Whether the folder is this home's or still nobody's; adds HS5010 when it is another's.</summary>
    public bool IsOf(string home, DiagnosticBag diagnostics)
    {
        if (Home.Read() is not { } known || known.Name == home)
        {
            return true;
        }

        diagnostics.Add(ApplyDiagnostics.AnotherHome(known.Name, known.Folder, home));
        return false;
    }

    /// <summary>A generation to go back to; null with HS5020 to HS5022 when there is none.</summary>
    /// <param name="number">0 for the newest that ended well and is not what runs now.</param>
    /// <param name="diagnostics">Hears why not.</param>
    public Generation? FindGeneration(int number, DiagnosticBag diagnostics)
    {
        var known = Generations.Numbers();
        if (number == 0)
        {
            number = Generations.NewestGood(Generations.Newest(), diagnostics);
        }

        if (number == 0)
        {
            diagnostics.Add(GenerationDiagnostics.NothingBefore());
            return null;
        }

        if (known.Contains(number))
        {
            return Generations.Load(number, diagnostics);
        }

        diagnostics.Add(GenerationDiagnostics.NotThere(number, known));
        return null;
    }
}
