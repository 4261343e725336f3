using Homestack.Apply;
using Homestack.Cli.Views;
using Homestack.Homes;
using Homestack.Plans;

namespace Homestack.Cli.Commands;

/// <summary>What all verbs that change something share: show the plan, ask, carry it out, say what came of it.</summary>
internal static class CarryOut
{
    /// <summary>Shows the plan and asks; an empty one needs no question.</summary>
    public static async Task<bool> AgreedAsync(Call call, PlanOutcome outcome, string question, CancellationToken cancellationToken)
    {
        HomeLoading.Say(call, outcome.Diagnostics);
        if (outcome.Plan is not { } plan)
        {
            return false;
        }

        if (!call.IsJson && !call.IsQuiet)
        {
            new PlanView(call.Io.Out, call.OutInk).Write(PlanSummary.Of(plan));
            await call.Io.Out.WriteLineAsync().ConfigureAwait(false);
        }

        return plan.IsEmpty || await call.AgreesAsync(question, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<ApplyResult> RunAsync(Call call, IHome home, KeptPlan plan, CancellationToken cancellationToken)
    {
        var result = await ProgressView.ShowAsync(call, plan, progress => home.ApplyAsync(plan, progress, cancellationToken)).ConfigureAwait(false);
        HomeLoading.Say(call, result.Diagnostics);
        if (call.IsJson)
        {
            CliJson.Write(call.Io, ApplyReport.Of(result), json => json.ApplyReport);
        }
        else
        {
            new ApplyResultView(call).Write(result, plan);
        }

        return result;
    }

    public static ExitCode CodeOf(ApplyResult result) => result.Outcome == ApplyOutcome.Applied ? ExitCode.Fine : ExitCode.Error;
}
