using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Manifests;
using Homestack.Plans;

namespace Homestack.Homes;

/// <summary>What came of reading a home's folder.</summary>
/// <param name="Blueprint">Null when there are errors.</param>
/// <param name="Options">For the plan: the folder and the files that were read.</param>
/// <param name="Diagnostics">Everything there is to say.</param>
public sealed record LoadedHome(Blueprint? Blueprint, PlanOptions Options, DiagnosticBag Diagnostics)
{
    /// <param name="folder">Absolute.</param>
    /// <param name="options">Environment and profiles of who asks.</param>
    public static LoadedHome Load(string folder, LoadOptions options) => Load(new DiskSourceReader(folder), folder, options);

    /// <param name="files">The folder, or how it would be.</param>
    /// <param name="folder">Absolute.</param>
    /// <param name="options">Environment and profiles of who asks.</param>
    public static LoadedHome Load(ISourceReader files, string folder, LoadOptions options)
    {
        var diagnostics = new DiagnosticBag();
        var manifest = ManifestLoader.Load(files, options, diagnostics);
        var blueprint = manifest is null || diagnostics.HasErrors ? null : BlueprintBuilder.Build(manifest, folder, diagnostics);
        var sources = manifest?.Sources.Select(source => new PlanSource(source.Path, source.Text)).ToValueList() ?? [];
        return new(diagnostics.HasErrors ? null : blueprint, new() { Folder = folder, Sources = sources }, diagnostics);
    }
}
