using Homestack.Machine;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack.Apply;

/// <summary>Carries out a plan. It decides nothing: the plan says what, in which order, and what to do when a step fails.</summary>
/// <remarks>
/// Each call is journalled before and after. When a step fails, those that wait for it are skipped, the rest go on, and the calls of its change's way back are made.
/// When the journal cannot be written, nothing more is tried at all. When the caller gives up, nothing new begins, and what was half done is put back.
/// </remarks>
public class Applier(PlaneSet planes, Journal journal, TimeProvider time)
{
    /// <summary>How many calls are under way at once.</summary>
    /// <remarks>Fewer did not pay: 30 containers from nothing took 7.8 s with 8, 9.0 s with 4 and 7.6 s with 3, medians of 3 runs in turns that differed by more than that among
    /// themselves; the container engine's processor time was 4.2, 4.1 and 4.0 s. See bench/results/2026-11-21.md.</remarks>
    public const int Width = 8;

    /// <summary>Walks the whole plan; what came of each step is in the walk, also when this throws.</summary>
    /// <exception cref="MachineException">The journal could not be written; what was under way has ended.</exception>
    public async Task ApplyAsync(Plan plan, ApplyWalk walk, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        var changes = plan.Changes.ToDictionary(change => change.Resource);
        var waiting = plan.Steps.ToList();
        var running = new List<Task>();
        Task? broken = null;
        while (true)
        {
            for (var i = 0; i < waiting.Count && broken is null; i++)
            {
                var step = waiting[i];
                var isBegun = step.After.Any(number => walk.IsDone(number) && plan.Steps[number - 1].Resource == step.Resource);
                if (step.After.Any(walk.IsLost) || (cancellationToken.IsCancellationRequested && !isBegun))
                {
                    walk.Add(Ended(step, StepOutcome.Skipped, null, TimeSpan.Zero), progress);
                }
                else if (running.Count < Width && step.After.All(walk.IsDone))
                {
                    running.Add(RunAsync(step, changes[step.Resource], walk, progress, cancellationToken));
                }
                else
                {
                    continue;
                }

                waiting.RemoveAt(i--);
            }

            if (running.Count == 0)
            {
                break;
            }

            var ended = await Task.WhenAny(running).ConfigureAwait(false);
            running.Remove(ended);
            broken ??= ended.IsFaulted ? ended : null;
        }

        await (broken ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <summary>Adds a line to the journal; what happens next waits for it.</summary>
    protected virtual void Note(JournalEntry entry) => journal.Write(entry);

    private async Task RunAsync(PlanStep step, ResourceChange change, ApplyWalk walk, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var entry = new JournalEntry { Kind = JournalEntryKind.Step, Step = step.Number, Resource = step.Resource, Words = step.Change.Summary };
        Note(entry);
        progress.Report(new StepStarted(step));
        var failure = await CallAsync(step.Resource.Plane, step.Change, new StepReports(step, progress), cancellationToken).ConfigureAwait(false);
        Note(failure is null ? entry with { Kind = JournalEntryKind.StepDone, Words = "" } : entry with { Kind = JournalEntryKind.StepFailed, Words = failure.Words });
        if (failure is not null)
        {
            await UndoAsync(change, walk, progress).ConfigureAwait(false);
        }

        walk.Add(Ended(step, failure is null ? StepOutcome.Done : StepOutcome.Failed, failure, time.GetElapsedTime(started)), progress);
    }

    /// <summary>Every call is tried, also after one that failed. Not given up with the caller: half a way back is worse than none.</summary>
    private async Task UndoAsync(ResourceChange change, ApplyWalk walk, IProgress<ApplyEvent> progress)
    {
        foreach (var call in change.Undo)
        {
            var started = time.GetTimestamp();
            var entry = new JournalEntry { Kind = JournalEntryKind.Undo, Resource = change.Resource, Words = call.Summary };
            Note(entry);
            var failure = await CallAsync(change.Resource.Plane, call, Silence.Instance, CancellationToken.None).ConfigureAwait(false);
            Note(failure is null ? entry with { Kind = JournalEntryKind.UndoDone, Words = "" } : entry with { Kind = JournalEntryKind.UndoFailed, Words = failure.Words });
            walk.AddUndone(new()
            {
                Number = 0,
                Resource = change.Resource,
                Summary = call.Summary,
                Outcome = failure is null ? StepOutcome.Done : StepOutcome.Failed,
                Failure = failure,
                Took = time.GetElapsedTime(started),
            }, progress);
        }
    }

    private async Task<StepFailure?> CallAsync(string plane, Change change, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await planes.ApplyAsync(plane, change, progress, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (MachineException exception)
        {
            return StepFailure.Of(exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new(change.Summary, "It was stopped before its end.", "", MachineFailure.Failed);
        }
    }

    private static StepResult Ended(PlanStep step, StepOutcome outcome, StepFailure? failure, TimeSpan took) =>
        new() { Number = step.Number, Resource = step.Resource, Summary = step.Change.Summary, Outcome = outcome, Failure = failure, Took = took };

    private sealed class StepReports(PlanStep step, IProgress<ApplyEvent> progress) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => progress.Report(new StepMoved(step, value));
    }

    private sealed class Silence : IProgress<StepProgress>
    {
        public static readonly Silence Instance = new();

        public void Report(StepProgress value)
        {
        }
    }
}
