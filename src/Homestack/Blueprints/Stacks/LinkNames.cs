using Homestack.Collections;

namespace Homestack.Blueprints.Stacks;

/// <summary>What <c>links</c> call the services: each alias becomes a further name of the linked service on its networks.</summary>
/// <remarks>Adds HS2036; what does not exist is reported with the dependencies.</remarks>
internal static class LinkNames
{
    /// <returns>Service → further names, sorted.</returns>
    public static ValueMap<ValueList<string>> Of(StackNames names)
    {
        var meanings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in names.Stack.Services.Keys)
        {
            meanings[service] = service;
        }

        foreach (var service in names.Stack.Services.Values)
        {
            foreach (var link in service.Links)
            {
                var colon = link.Value.IndexOf(':', StringComparison.Ordinal);
                var target = colon < 0 ? link.Value : link.Value[..colon];
                var alias = colon < 0 ? target : link.Value[(colon + 1)..];
                if (!names.Stack.Services.ContainsKey(target))
                {
                    continue;
                }

                if (!meanings.TryAdd(alias, target) && meanings[alias] != target)
                {
                    names.Diagnostics.Add(NetworkDiagnostics.LinkNameTwice(link, alias, meanings[alias], $"services.{service.Name.Value}.links"));
                }
            }
        }

        return meanings.GroupBy(entry => entry.Value, StringComparer.Ordinal)
            .ToValueMap(group => group.Key, group => group.Select(entry => entry.Key).Where(alias => alias != group.Key).Sorted());
    }
}
