using System.CommandLine;
using Homestack.Cli.Views;
using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Cli.Commands;

/// <summary><c>validate</c>: load and build only. Needs no machine.</summary>
internal static class ValidateCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("validate", "Check the manifest; nothing is asked of the machine");
        var folder = HomeChoice.Argument();
        var profiles = ProfileOption.Create();
        command.Add(folder);
        command.Add(profiles);
        command.SetAction(result => (int)Run(global.Read(result, io), result.GetValue(folder), result.GetValue(profiles) ?? []));
        return command;
    }

    private static ExitCode Run(Call call, string? given, string[] profiles)
    {
        if (HomeChoice.Find(call, given) is not { } folder)
        {
            return ExitCode.Error;
        }

        var (blueprint, _, diagnostics) = HomeLoading.Load(call, folder, profiles);
        if (call.IsJson)
        {
            var report = new ValidateReport(!diagnostics.HasErrors, blueprint?.Home ?? "", blueprint?.Services.Count ?? 0, diagnostics.Select(DiagnosticReport.Of).ToValueList(), diagnostics.LeftOut);
            CliJson.Write(call.Io, report, json => json.ValidateReport);
        }
        else
        {
            HomeLoading.Say(call, diagnostics, diagnostics.LeftOut);
            Sum(call, blueprint, diagnostics);
        }

        return diagnostics.HasErrors ? ExitCode.Error : ExitCode.Fine;
    }

    private static void Sum(Call call, Blueprints.Blueprint? blueprint, DiagnosticBag diagnostics)
    {
        var errors = diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error) + diagnostics.LeftOut;
        var warnings = diagnostics.Count(diagnostic => diagnostic.Severity != Severity.Error);
        if (errors > 0)
        {
            call.Io.Error.WriteLine(errors == 1 ? "1 error" : $"{errors} errors");
        }
        else if (blueprint is not null)
        {
            call.Say($"{call.OutInk.Strong(SafeText.Line(blueprint.Home))} · {blueprint.Services.Count} services · {(warnings == 0 ? "fine" : warnings == 1 ? "1 warning" : $"{warnings} warnings")}");
        }
    }
}
