using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests;

namespace Homestack.Tests.Manifests;

/// <summary>Takes a home's files the whole way from text to blueprint.</summary>
internal static class HomeUnderTest
{
    public const string Folder = "/srv/home";

    public static (Blueprint? Blueprint, DiagnosticBag Diagnostics) Build(params (string Path, string Text)[] files) => Build(new FolderInMemory(files));

    public static (Blueprint? Blueprint, DiagnosticBag Diagnostics) Build(ISourceReader reader)
    {
        var (_, blueprint, diagnostics) = Load(reader);
        return (blueprint, diagnostics);
    }

    public static (Manifest? Manifest, Blueprint? Blueprint, DiagnosticBag Diagnostics) Load(ISourceReader reader)
    {
        var diagnostics = new DiagnosticBag();
        var manifest = ManifestLoader.Load(reader, LoadOptions.Empty, diagnostics);
        return (manifest, manifest is null || diagnostics.HasErrors ? null : BlueprintBuilder.Build(manifest, Folder, diagnostics), diagnostics);
    }

    /// <summary>What was built, without the lines where it was written.</summary>
    public static Blueprint WithoutPlaces(Blueprint blueprint) => blueprint with
    {
        Services = blueprint.Services.ToValueMap(entry => entry.Key, entry => entry.Value with { Place = "" }),
        Networks = blueprint.Networks.ToValueMap(entry => entry.Key, entry => entry.Value with { Place = "" }),
        Volumes = blueprint.Volumes.ToValueMap(entry => entry.Key, entry => entry.Value with { Place = "" }),
    };

    /// <summary>A homestack.yaml with these lines after the two that every home needs.</summary>
    public static (string Path, string Text) Home(string lines) => ("homestack.yaml", "homestack: 1\nhome: krynet\n" + lines);
}
