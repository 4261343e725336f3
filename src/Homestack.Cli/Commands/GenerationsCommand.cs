using System.CommandLine;
using Homestack.Cli.Views;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Generations;
using Homestack.Homes;
using Homestack.Planes;
using Homestack.Plans;

namespace Homestack.Cli.Commands;

/// <summary><c>generations</c>: every state this home was brought to. Read from the state folder; needs no engine.</summary>
internal static class GenerationsCommand
{
    /// <summary>How many are shown to people; <c>--verbose</c> and <c>--json</c> show all.</summary>
    private const int MostShown = 20;

    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("generations", "Every state this home was brought to");
        command.SetAction(result => (int)Run(global.Read(result, io)));
        return command;
    }

    private static ExitCode Run(Call call)
    {
        var store = call.Io.Homes.State(call).Generations;
        var numbers = store.Numbers();
        var diagnostics = new DiagnosticBag();
        var shown = call.IsJson || call.IsVerbose ? numbers : numbers.TakeLast(MostShown);
        var summaries = shown.Select(number => store.Load(number, diagnostics)).OfType<Generation>().Select(generation => Summary(generation, numbers[^1])).ToValueList();
        HomeLoading.Say(call, diagnostics);
        if (call.IsJson)
        {
            CliJson.Write(call.Io, summaries, json => json.ValueListGenerationSummary);
        }
        else
        {
            new GenerationsView(call.Io.Out, call.OutInk, call.Io.Clock.GetLocalNow()).Write(summaries);
        }

        return diagnostics.HasErrors ? ExitCode.Error : ExitCode.Fine;
    }

    private static GenerationSummary Summary(Generation generation, int newest) => new(
        generation.Number,
        generation.Result.Started + generation.Result.Took,
        generation.Number == newest,
        generation.IsGood,
        generation.Plan.RollbackTo,
        Changes(generation.Plan).ToValueList());

    private static IEnumerable<string> Changes(Plan plan) => PlanSummary.Of(plan).InReadingOrder().Select(change =>
        (change.Action switch { ChangeAction.Create => "+ ", ChangeAction.Update => "~ ", ChangeAction.Replace => "± ", _ => "- " })
        + (change.Resource.Kind == "service" ? "" : change.Resource.Kind + " ") + change.Resource.Name);
}
