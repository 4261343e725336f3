using System.Globalization;
using Homestack.Apply;
using Homestack.Cli.Commands;
using Homestack.Plans;

namespace Homestack.Cli.Views;

/// <summary>What came of an apply, in a line or two.</summary>
internal sealed class ApplyResultView(Call call)
{
    public void Write(ApplyResult result, KeptPlan kept)
    {
        if (result.Outcome is not (ApplyOutcome.Applied or ApplyOutcome.Failed) || kept.Read(new()) is not { } plan)
        {
            call.Io.Error.WriteLine($"{call.ErrorInk.Bad("✗")} Nothing was changed.");
            return;
        }

        var took = Durations.Short(result.Took);
        var done = result.Steps.Count(step => step.Outcome == StepOutcome.Done);
        var isDown = plan.Blueprint.Services.Count == 0 && plan.Blueprint.Sites.Count == 0 && plan.RollbackTo == 0 && plan.Steps.Count > 0;
        switch (result.Outcome)
        {
            case ApplyOutcome.Applied:
                call.Say($"{call.OutInk.Good("✓")} {SafeText.Line(plan.Home)} {(isDown ? "is stopped; its data stays" : "is as its manifest says")}{(result.Generation > 0 ? $" · generation {result.Generation}" : "")}{(done > 0 ? string.Create(CultureInfo.InvariantCulture, $" · {done} steps in {took}") : "")}");
                break;
            default:
                call.Io.Error.WriteLine($"{call.ErrorInk.Bad("✗")} {done} of {plan.Steps.Count} steps ended well in {took}; what failed was put back where that was possible. Running it again goes on from here.");
                break;
        }
    }
}
