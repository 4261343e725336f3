using Homestack.Blueprints;
using Homestack.Cli.Views;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Homes;

namespace Homestack.Cli.Commands;

/// <summary>Text to blueprint, with everything there is to say about it.</summary>
internal static class HomeLoading
{
    /// <param name="call">Its environment is what the manifest's variables are taken from.</param>
    /// <param name="folder">Absolute.</param>
    /// <param name="profiles">Compose profiles that are active.</param>
    public static (Blueprint? Blueprint, PlanOptions Options, DiagnosticBag Diagnostics) Load(Call call, string folder, IEnumerable<string> profiles)
    {
        var loaded = LoadedHome.Load(folder, new(call.Io.Environment, profiles.ToValueList()));
        return (loaded.Blueprint, loaded.Options, loaded.Diagnostics);
    }

    /// <summary>Loads and prints what is wrong; null when that is an error.</summary>
    public static (Blueprint Blueprint, PlanOptions Options)? LoadOrSay(Call call, string folder, IEnumerable<string> profiles)
    {
        var (blueprint, options, diagnostics) = Load(call, folder, profiles);
        Say(call, diagnostics, diagnostics.LeftOut);
        return blueprint is null ? null : (blueprint, options);
    }

    /// <summary>Prints diagnostics on standard error; with <c>--quiet</c> only errors.</summary>
    public static void Say(Call call, IReadOnlyCollection<Diagnostic> diagnostics, int leftOut = 0)
    {
        var shown = call.IsQuiet ? diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).ToList() : diagnostics;
        new DiagnosticsView(call.Io.Error, call.ErrorInk).Write(shown, leftOut);
    }
}
