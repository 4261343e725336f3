using Homestack.Collections;

namespace Homestack.Apply;

/// <summary>How far the walk over a plan has come. Safe to add to from several steps at once.</summary>
public sealed class ApplyWalk
{
    private readonly Lock order = new();
    private readonly SortedDictionary<int, StepResult> steps = [];
    private readonly List<StepResult> undone = [];

    /// <summary>By number.</summary>
    public ValueList<StepResult> Steps
    {
        get
        {
            lock (order)
            {
                return steps.Values.ToValueList();
            }
        }
    }

    /// <summary>In the order they were made.</summary>
    public ValueList<StepResult> Undone
    {
        get
        {
            lock (order)
            {
                return undone.ToValueList();
            }
        }
    }

    internal bool IsDone(int number) => OutcomeOf(number) == StepOutcome.Done;

    /// <summary>It will never be done in this walk.</summary>
    internal bool IsLost(int number) => OutcomeOf(number) is StepOutcome.Failed or StepOutcome.Skipped;

    internal void Add(StepResult result, IProgress<ApplyEvent> progress)
    {
        lock (order)
        {
            steps.Add(result.Number, result);
        }

        progress.Report(new StepEnded(result));
    }

    internal void AddUndone(StepResult result, IProgress<ApplyEvent> progress)
    {
        lock (order)
        {
            undone.Add(result);
        }

        progress.Report(new StepUndone(result));
    }

    private StepOutcome? OutcomeOf(int number)
    {
        lock (order)
        {
            return steps.TryGetValue(number, out var result) ? result.Outcome : null;
        }
    }
}
