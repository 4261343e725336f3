using Homestack.Diagnostics;

namespace Homestack.Blueprints.Rules;

/// <summary>No services of several stacks wait for each other; cycles inside one stack are that stack's own rule. Adds HS2211.</summary>
public static class DependencyRules
{
    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        // Without recursion: a chain may be as long as the home is large.
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in parts.Services.Keys)
        {
            var path = new List<string>();
            var pending = new Stack<(string Name, int Depth)>([(start, 0)]);
            while (pending.TryPop(out var next))
            {
                while (path.Count > next.Depth)
                {
                    done.Add(path[^1]);
                    path.RemoveAt(path.Count - 1);
                }

                var seen = path.IndexOf(next.Name);
                if (seen >= 0)
                {
                    Report(parts, [.. path[seen..], next.Name], diagnostics);
                }
                else if (!done.Contains(next.Name) && parts.Services.TryGetValue(next.Name, out var service))
                {
                    path.Add(next.Name);
                    foreach (var needed in service.DependsOn.Keys)
                    {
                        pending.Push((needed, path.Count));
                    }
                }
            }

            done.UnionWith(path);
        }
    }

    private static void Report(HomeParts parts, List<string> cycle, DiagnosticBag diagnostics)
    {
        if (cycle.Select(name => name.Split('/')[0]).Distinct().Count() > 1 && parts.Services.TryGetValue(cycle[0], out var first))
        {
            diagnostics.Add(HomeDiagnostics.Cycle(cycle, parts.PlaceOf(first)));
        }
    }
}
