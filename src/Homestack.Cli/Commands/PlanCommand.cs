using System.CommandLine;
using Homestack.Cli.Provisioning;
using Homestack.Cli.Views;
using Homestack.Collections;
using Homestack.Homes;
using Homestack.Machine;
using Homestack.Plans;

namespace Homestack.Cli.Commands;

/// <summary><c>plan</c>: what would change, and why. Changes nothing.</summary>
internal static class PlanCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("plan", "What would change, and why; changes nothing");
        var folder = HomeChoice.Argument();
        var profiles = ProfileOption.Create();
        var file = new Option<string?>("--out") { Description = "Keep the plan in a file for: homestack apply FILE", HelpName = "FILE" };
        var isOffline = new Option<bool>("--offline") { Description = "Against an empty world; asks nothing of the machine" };
        var explain = new Option<string?>("--explain") { Description = "Every step for one service", HelpName = "NAME" };
        command.Add(folder);
        command.Add(profiles);
        command.Add(file);
        command.Add(isOffline);
        command.Add(explain);
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(
            global.Read(result, io),
            result.GetValue(folder),
            new(result.GetValue(profiles) ?? [], result.GetValue(file), result.GetValue(isOffline), result.GetValue(explain)),
            cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, string? given, Wish wish, CancellationToken cancellationToken)
    {
        if (HomeChoice.Find(call, given) is not { } folder)
        {
            return ExitCode.Error;
        }

        if (wish.IsPlain && !call.IsJson && call.Io.Homes.AskEngine(call, new(folder, new(call.Io.Environment, wish.Profiles.ToValueList())), cancellationToken) is { } answer)
        {
            return Show(call, answer);
        }

        if (HomeLoading.LoadOrSay(call, folder, wish.Profiles) is not var (blueprint, options))
        {
            return ExitCode.Error;
        }

        using var home = Open(call, wish, blueprint);
        var outcome = await home.PlanAsync(blueprint, options, cancellationToken).ConfigureAwait(false);
        HomeLoading.Say(call, outcome.Diagnostics);
        if (outcome.Plan is not { } plan)
        {
            return ExitCode.Error;
        }

        if (wish.File is { Length: > 0 } file)
        {
            new RealDisk().WriteDurably(Path.GetFullPath(file, call.Io.WorkingFolder), PlaneList.Json.Write(plan));
        }

        return Show(call, plan, outcome, wish);
    }

    /// <summary>What the engine loaded and planned for us.</summary>
    private static ExitCode Show(Call call, FolderPlan answer)
    {
        HomeLoading.Say(call, answer.Loading, answer.LeftOut);
        HomeLoading.Say(call, answer.Planning);
        if (answer.Plan is not { } plan)
        {
            return ExitCode.Error;
        }

        WriteText(call, plan, keptIn: null);
        return plan.IsEmpty ? ExitCode.Fine : ExitCode.Different;
    }

    private static void WriteText(Call call, PlanSummary plan, string? keptIn)
    {
        var view = new PlanView(call.Io.Out, call.OutInk);
        view.Write(plan);
        if (keptIn is { Length: > 0 })
        {
            call.Say($"\nKept in {keptIn}. Carry it out with: homestack apply {keptIn}");
        }
        else if (!call.IsQuiet)
        {
            view.WriteNext(plan);
        }
    }

    private static ExitCode Show(Call call, Plan plan, PlanOutcome outcome, Wish wish)
    {
        if (call.IsJson)
        {
            CliJson.Write(call.Io, PlanReport.Of(plan) with { Diagnostics = outcome.Diagnostics.Select(DiagnosticReport.Of).ToValueList() }, json => json.PlanReport);
        }
        else if (wish.Explain is { Length: > 0 } name)
        {
            if (!new PlanView(call.Io.Out, call.OutInk).WriteExplanation(plan, name))
            {
                return call.Refuse($"The plan changes nothing that is called \"{name}\".", "homestack plan lists what it changes");
            }
        }
        else
        {
            WriteText(call, PlanSummary.Of(plan), wish.File);
        }

        return plan.IsEmpty ? ExitCode.Fine : ExitCode.Different;
    }

    /// <summary>Who has no container engine, or may not use it, still sees a plan: against an empty world, and it says so.</summary>
    private static IHome Open(Call call, Wish wish, Blueprints.Blueprint blueprint)
    {
        if (!wish.IsOffline && DockerProvision.Missing(call, blueprint) is { } missing)
        {
            FailureView.Write(call.Io, $"{missing.Words} This plan is for an empty machine.", missing.Next);
            return call.Io.Homes.OpenOffline(call);
        }

        return wish.IsOffline ? call.Io.Homes.OpenOffline(call) : call.Io.Homes.Open(call, "plan");
    }

    /// <summary>What was asked of the plan.</summary>
    private sealed record Wish(string[] Profiles, string? File, bool IsOffline, string? Explain)
    {
        /// <summary>Only to be read: nobody needs more of the plan than its words.</summary>
        public bool IsPlain => !IsOffline && string.IsNullOrEmpty(File) && string.IsNullOrEmpty(Explain);
    }
}
