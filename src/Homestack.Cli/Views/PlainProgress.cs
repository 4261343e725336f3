using Homestack.Apply;

namespace Homestack.Cli.Views;

/// <summary>One line for each call that ended; with more words, one for each that begins and goes on too.</summary>
internal sealed class PlainProgress(TextWriter writer, Ink ink, bool isVerbose) : IProgress<ApplyEvent>
{
    private readonly Lock gate = new();

    public static string Symbol(StepResult step, Ink ink) => step.Outcome switch
    {
        StepOutcome.Done => ink.Good("✓"),
        StepOutcome.Failed => ink.Bad("✗"),
        _ => ink.Faint("·"),
    };

    /// <summary>What ended, how long it took, and why it did not end well.</summary>
    public static string Words(StepResult step) =>
        SafeText.Line(step.Summary) + (step.Took.TotalSeconds >= 1 ? "  " + Durations.Short(step.Took) : "")
        + (step.Outcome == StepOutcome.Skipped ? "  not tried" : step.Failure is { } failure ? "  " + SafeText.Line(failure.Words) : "");

    public void Report(ApplyEvent value)
    {
        var line = value switch
        {
            StepStarted started when isVerbose => $"  … {SafeText.Line(started.Step.Change.Summary)}",
            StepMoved moved when isVerbose => $"    {SafeText.Line(moved.Progress.Words)}",
            StepEnded ended => $"  {Symbol(ended.Result, ink)} {Words(ended.Result)}",
            StepUndone undone => $"  {Symbol(undone.Result, ink)} put back: {Words(undone.Result)}",
            _ => null,
        };
        if (line is not null)
        {
            lock (gate)
            {
                writer.WriteLine(line);
            }
        }
    }
}
