using Homestack.Blueprints.Stacks;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests;
using Homestack.Manifests.Compose;
using Homestack.Manifests.Yaml;

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
            yield return ($"load a stack, {count} services", () => Load(sources));
            var stack = Load(sources);
            yield return ($"build a stack, {count} services", () => StackBuilder.Build(stack, new("sample", "/srv/home", "local"), []));
        }
    }

    private static StackSpec Load(MemorySources sources) =>
        StackLoader.Load(sources, SampleHome.StackPath, "sample", Options, []) ?? throw new InvalidOperationException("The sample does not load.");
}
