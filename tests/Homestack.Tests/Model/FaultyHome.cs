using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack.Tests.Model;

/// <summary>A home whose disk and engine are in memory and can be made to fail. A process is a new pipeline on the same two.</summary>
internal abstract class FaultyHome
{
    public const string State = "/state";

    protected FaultyHome(Func<Faults, MemoryDisk>? disk) => Disk = disk is null ? new(Faults) : disk(Faults);

    public static PlanOptions Options { get; } = new() { Folder = "/home/krynet", Sources = [new("homestack.yaml", "homestack: 1\n"), new("/etc/shared.env", "A=1\n")] };

    public Faults Faults { get; } = new();

    public MemoryDisk Disk { get; }

    protected abstract PlanJson PlanJson { get; }

    /// <summary>Everything there is in the engine, sorted; equal for equal worlds.</summary>
    public abstract string Dump();

    /// <summary>Whether a service has what was wanted of it.</summary>
    public abstract bool Has(string service, Service wanted);

    public HomeState NewState() => new(Disk, State, PlanJson, TimeProvider.System);

    public Pipeline NewProcess() => new([NewPlane()], NewState(), TimeProvider.System);

    public async Task<Plan> PlanAsync(Blueprint blueprint)
    {
        var outcome = await NewProcess().PlanAsync(blueprint, Options, CancellationToken.None);
        return outcome.Plan ?? throw new InvalidOperationException(string.Join('\n', outcome.Diagnostics));
    }

    public Task<ApplyResult> ApplyAsync(Plan plan) => NewProcess().ApplyAsync(plan, new Silent(), CancellationToken.None);

    public async Task<ApplyResult> UpAsync(Blueprint blueprint) => await ApplyAsync(await PlanAsync(blueprint));

    /// <summary>Knows nothing of what another one saw.</summary>
    protected abstract IPlane NewPlane();

    internal sealed class Silent : IProgress<ApplyEvent>
    {
        public void Report(ApplyEvent value)
        {
        }
    }
}
