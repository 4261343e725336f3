using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests;
using Homestack.Manifests.Yaml;
using Homestack.Planes.Containers;
using Homestack.Plans;

namespace Homestack.Benchmarks;

/// <summary>The pieces of work that are measured, each with its input prepared.</summary>
internal static class Works
{
    private static readonly LoadOptions Options = new(ValueMap<string>.Empty, []);

    public static IEnumerable<(string Name, Func<object?> Work)> All()
    {
        var text = new SourceText(SampleHome.StackPath, SampleHome.Of(500)[SampleHome.StackPath]);
        yield return ("read YAML, 500 services", () => YamlReader.Read(text, []));
        foreach (var count in (int[])[60, 500])
        {
            var sources = new MemorySources(SampleHome.Of(count));
            yield return ($"load and build a home, {count} services", () => Build(sources));
            var blueprint = Build(sources);
            yield return ($"compile, {count} services", () => ContainersCompiler.Compile(blueprint, []));
            var desired = ContainersCompiler.Compile(blueprint, []);
            var (equal, empty) = (SampleWorld.Equal(desired), SampleWorld.Empty(desired));
            var changes = ContainersDiffer.Diff(desired, equal, []).Count;
            yield return ($"compare {count} services with the same ({changes} changes)", () => ContainersDiffer.Diff(desired, equal, []));
            yield return ($"fingerprint of {count} services", () => ContainersPlane.FingerprintOf(equal));
            var request = new PlanRequest
            {
                Blueprint = blueprint,
                Folder = "/srv/home",
                BasedOn = 0,
                Observed = ValueMap<string>.Empty,
                Changes = ContainersDiffer.Diff(desired, empty, []),
            };
            yield return ($"put the steps of {count} new services in order", () => Planner.Plan(request, []));
        }
    }

    private static Blueprint Build(MemorySources sources)
    {
        var diagnostics = new DiagnosticBag();
        return ManifestLoader.Load(sources, Options, diagnostics) is { } manifest && BlueprintBuilder.Build(manifest, "/srv/home", diagnostics) is { } blueprint
            ? blueprint : throw new InvalidOperationException("The sample does not load: " + string.Join('\n', diagnostics));
    }
}
