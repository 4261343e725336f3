using Homestack.Blueprints;
using Homestack.Blueprints.Rendering;
using Homestack.Blueprints.Stacks;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Manifests;
using Homestack.Manifests.Compose;
using Homestack.Tests.Architecture;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Blueprints.Rendering;

/// <summary>Every example and every case that becomes a blueprint, written as Compose and loaded again.</summary>
public sealed class RenderedHomesTests
{
    public static TheoryData<string> Homes() =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "examples"))
            .Concat(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests/Homestack.Tests/Cases")).Where(story => File.Exists(story + "/expected/blueprint.json")).Select(story => story + "/home"))
            .Select(folder => Path.GetRelativePath(Repository.Root, folder)).Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Homes))]
    public void Loads_with_the_same_container_settings(string home)
    {
        var folder = Path.Combine(Repository.Root, home);
        var diagnostics = new DiagnosticBag();
        var manifest = ManifestLoader.Load(new DiskSourceReader(folder), LoadOptions.Empty, diagnostics);
        var blueprint = manifest is null ? null : BlueprintBuilder.Build(manifest, folder, diagnostics);
        Assert.True(blueprint is not null, string.Join('\n', diagnostics));

        foreach (var stack in blueprint.Services.Values.Select(service => service.Stack).Distinct().Order(StringComparer.Ordinal))
        {
            var only = blueprint with { Services = blueprint.Services.Where(service => service.Value.Stack == stack).ToValueMap() };
            var text = ComposeWriter.Write(only with { Networks = Of(stack, blueprint.Networks), Volumes = Of(stack, blueprint.Volumes) }, ComposeSecrets.Names).Text;
            var spec = StackLoader.Load(new MemorySources(("stack.yaml", text)), "stack.yaml", stack, LoadOptions.Empty, diagnostics);
            var built = spec is null ? null : StackBuilder.Build(spec, new(blueprint.Home, folder, Host.Local), diagnostics);
            Assert.True(built is not null, string.Join('\n', diagnostics) + text);
            Assert.Equal(only.Services.Select(service => (service.Key, service.Value.Container)), built.Services.Select(service => (service.Key, service.Value.Container)));
        }
    }

    private static ValueMap<T> Of<T>(string stack, ValueMap<T> all) => all.Where(item => item.Key.StartsWith(stack + "/", StringComparison.Ordinal)).ToValueMap();
}
