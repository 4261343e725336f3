using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Engine.Reconciling;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack.Engine.Tests.Reconciling;

/// <summary>A home whose world is one list of differences.</summary>
internal sealed class FakeHome : IWatchedHome
{
    private readonly Channel<string> happenings = Channel.CreateUnbounded<string>();

    public List<string> Drift { get; } = [];

    public ReconcilePolicy Policy { get; init; }

    /// <summary>Data that the repair would cost.</summary>
    public ValueList<string> Destroys { get; init; } = [];

    public string RepairProblem { get; set; } = "";

    public bool IsAway { get; set; }

    public int Looks { get; private set; }

    public int Repairs { get; private set; }

    public void Happen(string what) => happenings.Writer.TryWrite(what);

    public async IAsyncEnumerable<string> HappeningsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happening in happenings.Reader.ReadAllAsync(cancellationToken))
        {
            if (IsAway)
            {
                throw new MachineException("GET /events", "Nothing listens.", kind: MachineFailure.Unreachable);
            }

            yield return happening;
        }
    }

    public Task<Sighting?> LookAsync(CancellationToken cancellationToken)
    {
        Looks++;
        if (IsAway)
        {
            throw new MachineException("GET /containers/json", "Nothing listens.", kind: MachineFailure.Unreachable);
        }

        var changes = Drift.Select(name => new ResourceChange
        {
            Resource = new("containers", "service", name),
            Action = ChangeAction.Update,
            Cause = "stopped by somebody else",
            Impact = new() { Destroys = Destroys },
            Steps = [new Call()],
        }).ToValueList();
        return Task.FromResult<Sighting?>(Sighting.Of(new Plan
        {
            Home = "test",
            BasedOn = 1,
            Observed = ValueMap<string>.Empty,
            Blueprint = new() { Home = "test", Reconcile = Policy },
            Changes = changes,
            Steps = changes.Select((change, index) => new PlanStep(index + 1, change.Resource, change.Steps[0], [])).ToValueList(),
        }));
    }

    public Task<string> RepairAsync(Plan plan, CancellationToken cancellationToken)
    {
        Repairs++;
        if (RepairProblem.Length == 0)
        {
            Drift.Clear();
        }

        return Task.FromResult(RepairProblem);
    }

    private sealed record Call : Change
    {
        public override string Summary => "start container";
    }
}
