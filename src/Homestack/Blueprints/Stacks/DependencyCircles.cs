using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>Finds services that wait for each other. Adds HS2005, once for each circle.</summary>
internal static class DependencyCircles
{
    public static void Check(ValueMap<ValueMap<Dependency>> dependencies, StackSpec stack, DiagnosticBag diagnostics)
    {
        // Services are taken away once everything they need is away; what stays is on a circle or waits for one.
        var left = dependencies.Keys.ToHashSet(StringComparer.Ordinal);
        while (left.RemoveWhere(service => !dependencies[service].Keys.Any(left.Contains)) > 0)
        {
        }

        while (left.Count > 0)
        {
            var chain = new List<string>();
            var current = left.Order(StringComparer.Ordinal).First();
            while (!chain.Contains(current))
            {
                chain.Add(current);
                current = dependencies[current].Keys.First(left.Contains);
            }

            var circle = chain.SkipWhile(service => service != current).ToList();
            diagnostics.Add(NameDiagnostics.Circle([.. circle, current], stack.Services[circle[0]].Name.Span));

            left.ExceptWith(circle);
            while (left.RemoveWhere(service => !dependencies[service].Keys.Any(left.Contains)) > 0)
            {
            }
        }
    }
}
