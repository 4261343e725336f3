using Homestack.Apply;
using Spectre.Console;

namespace Homestack.Cli.Views;

/// <summary>The calls that are under way, drawn in place with a bar where there is a measure; what ended stands above.</summary>
internal sealed class LiveProgress : IProgress<ApplyEvent>
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, ProgressTask> tasks = [];
    private readonly IAnsiConsole console;
    private readonly ProgressContext drawing;
    private readonly Ink ink;

    private LiveProgress(IAnsiConsole console, ProgressContext drawing, Ink ink)
    {
        this.console = console;
        this.drawing = drawing;
        this.ink = ink;
    }

    public static Task<ApplyResult> ShowAsync(IoContext io, Func<IProgress<ApplyEvent>, Task<ApplyResult>> apply)
    {
        var ink = Ink.For(io, io.IsOutputTerminal);
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(io.Out), ColorSystem = ink == Ink.Plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard });
        return console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new ElapsedTimeColumn())
            .StartAsync(drawing => apply(new LiveProgress(console, drawing, ink)));
    }

    public void Report(ApplyEvent value)
    {
        lock (gate)
        {
            switch (value)
            {
                case StepStarted started:
                    tasks[started.Step.Number] = drawing.AddTask(Markup.Escape(SafeText.Line(started.Step.Change.Summary)));
                    tasks[started.Step.Number].IsIndeterminate = true;
                    break;
                case StepMoved { Progress: { Total: > 0 and var total, Done: { } done } } moved when tasks.TryGetValue(moved.Step.Number, out var task):
                    task.IsIndeterminate = false;
                    task.MaxValue = total;
                    task.Value = Math.Min(done, total);
                    break;
                case StepEnded ended:
                    if (tasks.Remove(ended.Result.Number, out var over))
                    {
                        over.IsIndeterminate = false;
                        over.Value = over.MaxValue;
                        over.StopTask();
                    }

                    Line(ended.Result, "");
                    break;
                case StepUndone undone:
                    Line(undone.Result, "put back: ");
                    break;
            }
        }
    }

    private void Line(StepResult step, string label)
    {
        // The symbol carries its own colour; the drawing library must not wrap or restyle the line.
        var colour = step.Outcome switch { StepOutcome.Done => Color.Green, StepOutcome.Failed => Color.Red, _ => Color.Grey };
        console.Write(new Text("  " + PlainProgress.Symbol(step, Ink.Plain), ink == Ink.Plain ? Style.Plain : new Style(colour)));
        console.Write(new Text($" {label}{PlainProgress.Words(step)}\n"));
    }
}
