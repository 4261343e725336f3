using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>Makes a stack's part of the blueprint: names looked up, defaults filled in, rules that concern this stack alone checked.</summary>
/// <remarks>Pure; the order of keys in the files changes nothing. Adds HS2000 to HS2199.</remarks>
public static class StackBuilder
{
    public static StackBlueprint Build(StackSpec stack, StackSurroundings surroundings, DiagnosticBag diagnostics)
    {
        var names = new StackNames(stack, surroundings, diagnostics);
        var dependencies = stack.Services.ToValueMap(entry => entry.Key, entry => DependencyBuilder.Build(entry.Value, names));
        DependencyCircles.Check(dependencies, stack, diagnostics);
        var links = LinkNames.Of(names);
        var services = stack.Services.ToValueMap(
            entry => names.KeyOf(entry.Key),
            entry => ServiceBuilder.Build(entry.Value, dependencies[entry.Key], links.GetValueOrDefault(entry.Key, []), names));
        PortRules.Check(stack, services, diagnostics);
        AddressRules.Check(names);
        return new(services, NetworkBuilder.Build(services, names), VolumeBuilder.Build(services, names));
    }
}
