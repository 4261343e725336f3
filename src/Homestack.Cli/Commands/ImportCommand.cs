using System.CommandLine;
using Homestack.Blueprints;
using Homestack.Cli.Importing;
using Homestack.Cli.Views;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Manifests;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Planes.Containers.Importing;

namespace Homestack.Cli.Commands;

/// <summary><c>import</c>: what runs here, as a home whose plan is empty. Nothing that runs is touched.</summary>
internal static class ImportCommand
{
    private const string UsualEngineAddress = "unix:///var/run/docker.sock";

    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("import", "What already runs here, as a manifest with an empty plan");
        var target = new Option<string?>("--out") { Description = "Write the home into this folder; without it, into this one", HelpName = "DIR" };
        var containers = new Option<string[]>("--container") { Description = "Only this container; may stand several times", HelpName = "NAME" };
        var projects = new Option<string[]>("--project") { Description = "Only this Compose project; may stand several times", HelpName = "NAME" };
        command.Add(target);
        command.Add(containers);
        command.Add(projects);
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(
            global.Read(result, io),
            result.GetValue(target),
            new((result.GetValue(containers) ?? []).ToValueList(), (result.GetValue(projects) ?? []).ToValueList()),
            cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, string? target, ImportChoice choice, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(string.IsNullOrEmpty(target) ? "." : target, call.Io.WorkingFolder);
        if (new RealDisk().Look(Path.Combine(folder, Manifest.FileName)) != DiskEntry.Nothing)
        {
            return call.Refuse($"{folder} is a home already, and import never writes over one.", "Name another folder: homestack import --out DIR");
        }

        var usual = UsualEngine.Of(call.Io.Environment);
        var address = usual.Address.Length > 0 ? usual.Address : UsualEngineAddress;
        using var engine = new EngineReadClient(new(address, usual.TlsFolder));
        var (found, ignored) = await EngineSurvey.LookAsync(engine, choice, cancellationToken).ConfigureAwait(false);

        // The containers are in this engine and in no other, so an unusual one is written down.
        var host = new Host { Engine = address == UsualEngineAddress ? "" : address, TlsFolder = usual.TlsFolder };
        var diagnostics = new DiagnosticBag();
        var name = Importer.HomeName(Path.GetFileName(folder.TrimEnd('/')));
        var outcome = await new ImportTrial(call, folder).FindAsync(name, found, host, diagnostics, cancellationToken).ConfigureAwait(false);
        HomeLoading.Say(call, diagnostics.ToValueList());
        if (outcome is not var (home, files))
        {
            return call.Refuse("What runs here does not make a home that can be loaded, so nothing was written.", "Try fewer at once: homestack import --container NAME");
        }

        home = home with { LeftOut = home.LeftOut.Concat(ignored).OrderBy(left => left.Container, StringComparer.Ordinal).ToValueList() };
        if (home.Blueprint.Services.Count == 0)
        {
            new ImportView(call).WriteLeftOut(home);
            return call.Refuse("There is nothing here to import.", choice.IsEverything ? "" : "docker ps shows what runs");
        }

        if (!KeepSecrets(call, home) || !NewFiles.Write(call, folder, files))
        {
            return ExitCode.Error;
        }

        new ImportView(call).Write(home, folder, files);
        return ExitCode.Fine;
    }

    /// <summary>Into the state's store, where the home will look for them. False with the reason when that would change what another home relies on.</summary>
    private static bool KeepSecrets(Call call, ImportedHome home)
    {
        var state = call.Io.Homes.State(call);
        var diagnostics = new DiagnosticBag();
        if (!state.IsOf(home.Blueprint.Home, diagnostics))
        {
            HomeLoading.Say(call, diagnostics.ToValueList());
            return false;
        }

        foreach (var (name, value) in home.Secrets)
        {
            if (state.Secrets.Read(name) is { } kept && kept != value)
            {
                call.Refuse($"A secret called {name} is kept already and has another value.", "Keep this home apart with a state folder of its own: homestack import --state DIR");
                return false;
            }
        }

        foreach (var (name, value) in home.Secrets.Where(secret => state.Secrets.Read(secret.Key) is null))
        {
            state.Secrets.Set(name, value);
        }

        return true;
    }
}
