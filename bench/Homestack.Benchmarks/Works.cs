using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Benchmarks;

/// <summary>The pieces of work that are measured, each with its input prepared.</summary>
internal static class Works
{
    public static IEnumerable<(string Name, Func<object?> Work)> All()
    {
        var stack = new SourceText(SampleHome.StackPath, SampleHome.Of(500)[SampleHome.StackPath]);
        yield return ("read YAML, 500 services", () => YamlReader.Read(stack, []));
    }
}
