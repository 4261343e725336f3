using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;
using Homestack.Manifests.Sections;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests;

/// <summary>Reads a home's folder: text in, <see cref="Manifest"/> out, with everything that is wrong with it as text.</summary>
/// <remarks>Pure but for the reader. Bounded by <see cref="BudgetedReader"/>. Adds HS1001 to HS1049, HS13xx, and what the stacks add.</remarks>
public static class ManifestLoader
{
    /// <returns>Null when homestack.yaml cannot be read at all. Otherwise as much as could be read, also when there are errors.</returns>
    public static Manifest? Load(ISourceReader reader, LoadOptions options, DiagnosticBag diagnostics)
    {
        var files = new BudgetedReader(reader, diagnostics);
        if (ReadFile(files, Manifest.FileName, null, diagnostics) is not { } file || ReadHome(file, diagnostics) is not { } home)
        {
            return null;
        }

        var stacks = new List<StackSpec>();
        foreach (var entry in home.Stacks)
        {
            if (ReadFile(files, entry.File.Value, entry.File.Span, diagnostics) is not null
                && StackLoader.Load(files, entry.File.Value, entry.Name.Value, options, diagnostics) is { } stack)
            {
                stacks.Add(stack);
            }
        }

        return new() { Home = home, File = file, Stacks = stacks.ToValueList(), Sources = files.Sources, UsualEngine = UsualEngine.Of(options.Environment) };
    }

    private static HomeSpec? ReadHome(SourceText file, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Count;
        var node = YamlReader.Read(file, diagnostics);
        if (node is null or YamlScalar { IsNull: true })
        {
            if (diagnostics.Count == before)
            {
                diagnostics.Add(ManifestDiagnostics.Empty(file));
            }

            return null;
        }

        return HomeSection.Shape.Read(node, "", diagnostics)?.Value;
    }

    /// <param name="files">Where from.</param>
    /// <param name="path">Below the home's folder.</param>
    /// <param name="asker">Where the file is named; null for homestack.yaml.</param>
    /// <param name="diagnostics">For why it cannot be read.</param>
    private static SourceText? ReadFile(BudgetedReader files, string path, SourceSpan? asker, DiagnosticBag diagnostics)
    {
        var reading = files.Read(path, YamlBudget.FileBytes);
        if (reading.Text is not null)
        {
            return reading.Text;
        }

        var place = reading.Place ?? asker;
        diagnostics.Add(reading.Problem switch
        {
            SourceProblem.NotFound => asker is { } span ? ManifestDiagnostics.StackNotFound(span, path) : ManifestDiagnostics.NoManifest(reading.Words),
            SourceProblem.NotAFile => ManifestDiagnostics.NotAFile(place, path, files.IsFolder(path)),
            SourceProblem.TooLarge => ManifestDiagnostics.TooLarge(place, path, reading.Words),
            SourceProblem.NotUtf8 => ManifestDiagnostics.NotUtf8(place, path, reading.Words),
            _ => ManifestDiagnostics.NotReadable(place, path, reading.Words),
        });
        return null;
    }
}
