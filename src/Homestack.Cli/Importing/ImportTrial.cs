using Homestack.Blueprints;
using Homestack.Blueprints.Rendering;
using Homestack.Cli.Commands;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Manifests;
using Homestack.Planes.Containers;
using Homestack.Planes.Containers.Importing;

namespace Homestack.Cli.Importing;

/// <summary>Tries an imported home before anything is written: its files are loaded, built and planned. What would not be left as it is, is left out.</summary>
/// <param name="call">Names the state folder, and the environment that the plan will see.</param>
/// <param name="folder">Absolute; where the home will be.</param>
internal sealed class ImportTrial(Call call, string folder)
{
    /// <summary>The home whose plan is empty, with its files; null with the reasons when there is none.</summary>
    public async Task<(ImportedHome Home, ValueMap<string> Files)?> FindAsync(string name, ValueList<FoundContainer> found, Host engine, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var refused = ValueMap<string>.Empty;
        while (true)
        {
            var home = Importer.Import(name, found, refused);
            home = home with { Blueprint = home.Blueprint with { Hosts = home.Blueprint.Hosts.With(Host.Local, engine) } };
            var files = HomeWriter.Write(home.Blueprint);
            var trial = new DiagnosticBag();
            var wrong = home.Blueprint.Services.Count == 0 ? ValueMap<string>.Empty : await WrongAsync(home, files, trial, cancellationToken).ConfigureAwait(false);
            if (wrong.Count == 0)
            {
                if (trial.HasErrors)
                {
                    diagnostics.AddRange(trial);
                    return null;
                }

                return (home, files);
            }

            // Each round leaves out at least one more, so it ends.
            refused = refused.Concat(wrong).ToValueMap();
        }
    }

    /// <summary>Container → why it would not be left as it is.</summary>
    private async Task<ValueMap<string>> WrongAsync(ImportedHome home, ValueMap<string> files, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        var manifest = ManifestLoader.Load(new FilesInMemory(files), new(call.Io.Environment, []), diagnostics);
        var blueprint = manifest is null ? null : BlueprintBuilder.Build(manifest, folder, diagnostics);
        if (blueprint is not null)
        {
            var plane = ContainersPlane.ForPlanning(new SecretsInMemory(home.Secrets), call.StateFolder, "", new RealDisk(), new CommandRunner(), call.Io.Clock);
            var desired = plane.Compile(blueprint, diagnostics);
            var observed = await plane.ObserveAsync(desired, cancellationToken).ConfigureAwait(false);
            foreach (var change in plane.Diff(desired, observed, diagnostics))
            {
                if (home.Containers.TryGetValue(change.Resource.Name, out var container))
                {
                    wrong[container] = $"a home could not keep it as it is: {(change.Cause.Length > 0 ? change.Cause : "it would be changed")}";
                }
            }
        }

        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error))
        {
            if (ContainerOf(home, diagnostic) is { } container)
            {
                wrong.TryAdd(container, $"a home cannot say it: {diagnostic.Summary}. {diagnostic.Detail}");
            }
        }

        return wrong.ToValueMap();
    }

    /// <summary>The container that a diagnostic is about: by the path of keys in its stack's file.</summary>
    private static string? ContainerOf(ImportedHome home, Diagnostic diagnostic)
    {
        if (diagnostic.Span is not { } span || diagnostic.Path.Split('.') is not ["services", ..])
        {
            return null;
        }

        var stack = Path.GetFileNameWithoutExtension(span.Source.Path);
        return home.Containers.Where(pair => pair.Key.StartsWith(stack + "/", StringComparison.Ordinal) && (diagnostic.Path + ".").StartsWith($"services.{pair.Key[(stack.Length + 1)..]}.", StringComparison.Ordinal))
            .OrderByDescending(pair => pair.Key.Length).Select(pair => pair.Value).FirstOrDefault();
    }
}
