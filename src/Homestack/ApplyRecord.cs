using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack;

/// <summary>The book-keeping around one apply: may it begin, what came of it, and the generation that says so.</summary>
internal sealed class ApplyRecord(HomeState state, PlaneSet planes, KeptPlan kept, TimeProvider time, DiagnosticBag diagnostics) : IDisposable
{
    private readonly DateTimeOffset started = time.GetUtcNow();
    private readonly long startStamp = time.GetTimestamp();
    private Plan? read;
    private int number;
    private bool isBegun;

    public ApplyWalk Walk { get; } = new();

    private Plan Plan => read ?? throw new InvalidOperationException("The plan was not read.");

    public IDisposable? TakeLock(string verb)
    {
        state.Disk.MakeFolders(state.Folder);
        return ApplyLock.TryTake(state.Disk, state.LockPath, new(Environment.ProcessId, verb, started, Environment.MachineName), diagnostics);
    }

    /// <summary>The plan; null with HS4003 when it is none.</summary>
    public Plan? Read() => read = kept.Read(diagnostics);

    /// <summary>Null when the world is as the plan says; else how the apply ends.</summary>
    public async Task<ApplyOutcome?> CheckAsync(ValueMap<object> desired, CancellationToken cancellationToken)
    {
        number = state.Generations.Newest();
        if (Plan.Steps.FirstOrDefault(step => !planes.Has(step.Resource.Plane)) is { } unknown)
        {
            diagnostics.Add(ApplyDiagnostics.UnknownPlane(unknown.Resource.Plane));
        }

        if (!state.IsOf(Plan.Home, diagnostics) || diagnostics.HasErrors)
        {
            return ApplyOutcome.Refused;
        }

        if (number != Plan.BasedOn)
        {
            diagnostics.Add(ApplyDiagnostics.NewerGeneration(Plan.BasedOn, number));
            return ApplyOutcome.WorldMoved;
        }

        var observed = planes.Fingerprint(await planes.ObserveAsync(desired, cancellationToken).ConfigureAwait(false));
        foreach (var plane in observed.Keys.Where(plane => !Plan.Observed.TryGetValue(plane, out var known) || known != observed[plane]))
        {
            diagnostics.Add(ApplyDiagnostics.WorldMoved(plane));
        }

        return diagnostics.HasErrors ? ApplyOutcome.WorldMoved : null;
    }

    /// <summary>Nothing to do, and the newest generation says just this: there is no news to record.</summary>
    public bool IsRecordedAlready() => Plan.IsEmpty && number > 0 && state.Generations.Load(number, new()) is { IsGood: true } newest && newest.Blueprint == Plan.Blueprint;

    /// <summary>Puts away what an apply left that was interrupted after its last step; writes nothing when there is nothing of the kind.</summary>
    public void Settle()
    {
        state.Generations.Clean();
        if (state.Journal.Interrupted().Count > 0)
        {
            state.Journal.Begin(number);
            state.Journal.Write(new() { Kind = JournalEntryKind.End });
        }
    }

    public void Begin()
    {
        state.Generations.Clean();
        state.Home.Write(new(Plan.Home, Plan.Folder));
        state.Journal.Begin(number + 1);
        isBegun = true;
    }

    /// <summary>Records the generation, also of a failure, and only then calls it applied.</summary>
    public async Task<ApplyResult> WriteAsync(ValueMap<object> desired, bool isStopped)
    {
        foreach (var step in Walk.Steps.Where(step => step.Outcome == StepOutcome.Failed))
        {
            diagnostics.Add(ApplyDiagnostics.StepFailed(step));
        }

        foreach (var step in Walk.Undone.Where(step => step.Outcome == StepOutcome.Failed))
        {
            diagnostics.Add(ApplyDiagnostics.UndoFailed(step));
        }

        var isDone = Walk.Steps.Count == Plan.Steps.Count && Walk.Steps.All(step => step.Outcome == StepOutcome.Done);
        if (isStopped && !isDone)
        {
            diagnostics.Add(ApplyDiagnostics.Stopped());
        }

        var images = await ReadImagesAsync(desired).ConfigureAwait(false);
        number++;
        var result = Ended(isDone ? ApplyOutcome.Applied : ApplyOutcome.Failed);
        state.Generations.Record(new() { Number = number, Blueprint = Plan.Blueprint, Images = images, Plan = Plan, Result = result });
        state.Journal.Write(new() { Kind = JournalEntryKind.End });
        return result;
    }

    public ApplyResult Ended(ApplyOutcome outcome) => new()
    {
        Outcome = outcome,
        Generation = outcome is ApplyOutcome.Applied or ApplyOutcome.Failed ? number : 0,
        Started = started,
        Took = time.GetElapsedTime(startStamp),
        Steps = Walk.Steps,
        Undone = Walk.Undone,
        Diagnostics = diagnostics.ToValueList(),
    };

    /// <summary>The state folder or the machine failed outside of a step.</summary>
    public ApplyResult Broke(MachineException exception)
    {
        var failure = StepFailure.Of(exception);
        diagnostics.Add(isBegun ? ApplyDiagnostics.NotRecorded(failure) : ApplyDiagnostics.NotBegun(failure));
        return Ended(ApplyOutcome.Failed) with { Generation = 0 };
    }

    /// <summary>Closes the journal that this apply began.</summary>
    public void Dispose()
    {
        if (isBegun)
        {
            state.Journal.Close();
        }
    }

    private async Task<ValueMap<ImagePin>> ReadImagesAsync(ValueMap<object> desired)
    {
        try
        {
            return PlaneSet.ResolveImages(await planes.ObserveAsync(desired, CancellationToken.None).ConfigureAwait(false));
        }
        catch (MachineException exception)
        {
            diagnostics.Add(ApplyDiagnostics.ImagesNotRead(exception.Message));
            return ValueMap<ImagePin>.Empty;
        }
    }
}
