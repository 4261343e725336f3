using System.Text;
using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Homes;
using Homestack.Machine;
using Homestack.Manifests;
using Homestack.Manifests.Yaml;
using Homestack.Plans;
using Microsoft.AspNetCore.Http;

namespace Homestack.Engine.Naming;

/// <summary>Gives and takes names by editing the manifest, and then through plan and apply like any other change: file and world never disagree.</summary>
/// <param name="home">Plans and carries out.</param>
/// <param name="newest">Folder and blueprint that were applied last; null before the first time.</param>
/// <param name="environment">What Compose files may refer to.</param>
internal sealed class NameGiving(IHome home, Func<(string Folder, Blueprint Blueprint)?> newest, ValueMap<string> environment) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    public ValueList<GivenName> List() => newest() is { } known ? NameList.Of(known.Blueprint) : [];

    /// <exception cref="NameRefusal">Somebody else has the name, or the home is not as its manifest says.</exception>
    public Task<NameChange> GiveAsync(NameWish wish, CancellationToken cancellationToken) => ChangeAsync(
        (text, blueprint) =>
        {
            if (NameList.Of(blueprint).FirstOrDefault(given => given.Name == wish.Name && !given.CanBeTaken) is { } taken)
            {
                throw new NameRefusal(StatusCodes.Status409Conflict, $"{taken.HostName} is the name of {taken.Address}, which the manifest says under {taken.From}.", "Choose another name, or change the manifest.");
            }

            return ManifestNames.Give(text, wish, blueprint) ?? throw NotSafe(text);
        },
        cancellationToken);

    /// <exception cref="NameRefusal">Nobody gave this name, or the home is not as its manifest says.</exception>
    public Task<NameChange> TakeAsync(string name, CancellationToken cancellationToken) => ChangeAsync(
        (text, blueprint) => NameList.Of(blueprint).Any(given => given.Name == name && given.CanBeTaken)
            ? ManifestNames.Take(text, name) ?? throw NotSafe(text)
            : throw new NameRefusal(StatusCodes.Status404NotFound, $"Nobody gave the name \"{name}\".", "GET /api/v1/names lists those that were given."),
        cancellationToken);

    public void Dispose() => one.Dispose();

    private async Task<NameChange> ChangeAsync(Func<SourceText, Blueprint, string> edit, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var known = newest() ?? throw new NameRefusal(StatusCodes.Status409Conflict, "Nothing was applied yet.", "homestack up DIR");
            var files = new DiskSourceReader(known.Folder);
            var options = new LoadOptions(environment, []);
            var before = await PlanAsync(LoadedHome.Load(files, known.Folder, options), cancellationToken).ConfigureAwait(false);
            if (!before.IsEmpty)
            {
                throw new NameRefusal(StatusCodes.Status409Conflict, $"The home is not as {known.Folder} says: {before.Steps.Count} steps would be taken besides this name.", "See them with homestack plan, and apply them with homestack up.");
            }

            var text = files.Read(Manifest.FileName, YamlBudget.FileBytes).Text ?? throw new NameRefusal(StatusCodes.Status409Conflict, $"{known.Folder}/{Manifest.FileName} cannot be read.");
            var fresh = edit(text, known.Blueprint);
            var plan = await PlanAsync(LoadedHome.Load(new ChangedSource(files, new(text.Path, fresh)), known.Folder, options), cancellationToken).ConfigureAwait(false);
            return await CarryOutAsync(Path.Combine(known.Folder, Manifest.FileName), text.Text, fresh, plan, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<Plan> PlanAsync(LoadedHome loaded, CancellationToken cancellationToken)
    {
        var outcome = loaded.Blueprint is { } blueprint ? await home.PlanAsync(blueprint, loaded.Options, cancellationToken).ConfigureAwait(false) : new(null, loaded.Diagnostics.ToValueList());
        return outcome.Plan ?? throw new NameRefusal(StatusCodes.Status400BadRequest, Sentences(outcome.Diagnostics));
    }

    /// <remarks>The file first: it is the wish. What does not come true is taken back from it.</remarks>
    private async Task<NameChange> CarryOutAsync(string path, string old, string fresh, Plan plan, CancellationToken cancellationToken)
    {
        EditedFile.Replace(path, Encoding.UTF8.GetBytes(old), Encoding.UTF8.GetBytes(fresh));
        var result = await home.ApplyAsync(plan, new Progress<ApplyEvent>(), cancellationToken).ConfigureAwait(false);
        if (result.Outcome == ApplyOutcome.Applied)
        {
            return new(result.Generation, plan.Steps.Select(step => step.Change.Summary).ToValueList());
        }

        EditedFile.Replace(path, Encoding.UTF8.GetBytes(fresh), Encoding.UTF8.GetBytes(old));
        throw new NameRefusal(StatusCodes.Status409Conflict, Sentences(result.Diagnostics), "The manifest is as it was. Try again.");
    }

    private static string Sentences(IEnumerable<Diagnostic> diagnostics) =>
        string.Join(' ', diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).Select(diagnostic => $"{diagnostic.Code}: {diagnostic.Detail}"));

    private static NameRefusal NotSafe(SourceText text) =>
        new(StatusCodes.Status409Conflict, $"{text.Path} is written in a way that cannot be edited without changing more than this name.", "Write the name into it by hand.");
}
