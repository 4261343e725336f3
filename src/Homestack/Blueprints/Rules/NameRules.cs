using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Blueprints.Rules;

/// <summary>No two stacks have one name, and no two things answer at one name. Adds HS2206, HS2207 and HS2210.</summary>
public static class NameRules
{
    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        foreach (var group in parts.Home.Stacks.GroupBy(entry => entry.Name.Value, StringComparer.Ordinal))
        {
            // In the order of the file, so that the second one is blamed.
            var entries = group.OrderBy(entry => entry.Name.Span.Line).ThenBy(entry => entry.Name.Span.Column).ToList();
            foreach (var entry in entries.Skip(1))
            {
                diagnostics.Add(HomeDiagnostics.SameStackName(entry.Name, entries[0].Name));
            }
        }

        var taken = new Dictionary<string, (string What, SourceSpan Span)>(StringComparer.Ordinal);
        foreach (var (name, path, what, span) in Answering(parts))
        {
            // A path shares its name with other paths, and with nothing that has none.
            var key = path is null ? name : $"{name}{(path.Length == 0 ? "/" : path)}";
            if (path is not null && taken.TryGetValue(name, out var whole))
            {
                diagnostics.Add(HomeDiagnostics.SameName(name, what, span, whole.What, whole.Span));
            }
            else if (!taken.TryAdd(key, (what, span)))
            {
                diagnostics.Add(HomeDiagnostics.SameName(path is { Length: > 0 } ? key : name, what, span, taken[key].What, taken[key].Span));
            }
        }

        foreach (var service in parts.Services.Values.Where(IsReachable).Where(service => !NameRule.Label.IsValid(service.Exposure.Route?.Name ?? service.Name)))
        {
            diagnostics.Add(HomeDiagnostics.NameIsNoLabel(service.Name, parts.PlaceOf(service)));
        }
    }

    /// <summary>What has a name to itself comes first, without a path.</summary>
    private static IEnumerable<(string Name, string? Path, string What, SourceSpan Span)> Answering(HomeParts parts)
    {
        var home = parts.Home;
        var suffix = "." + (home.Domain is { } domain ? domain.Value : "home.arpa");
        return
        [
            .. home.Dns is { } dns ? dns.Value.Records.Select(record => (Below(record.Key, suffix), (string?)null, "record", record.Value.Span)) : [],
            .. home.Dns is { Value.Encrypted: { Value.Count: > 0 } encrypted } ? new[] { ("dns", (string?)null, "name server", encrypted.Span) } : [],
            .. home.Portal is { Value.Expose.Count: > 0 } portal ? new[] { (portal.Value.Name is { } name ? name.Value : "home", (string?)null, "portal", portal.Span) } : [],
            .. home.Apps.Where(app => app.Value.Value.Expose.Count > 0).Select(app => (app.Key, (string?)null, "application", app.Value.Span)),
            .. home.Machines.Where(machine => machine.Value.Value.Expose.Count > 0).Select(machine => (machine.Key, (string?)null, "machine", machine.Value.Span)),
            .. home.Sites.Where(site => site.Value.Value.Expose.Count > 0).Select(site => (site.Value.Value.Route?.Name?.Value ?? site.Key, (string?)(site.Value.Value.Route?.Path?.Value ?? ""), "site", site.Value.Span)),
            .. parts.Services.Values.Where(IsReachable).Select(service => (service.Exposure.Route?.Name ?? service.Name, (string?)(service.Exposure.Route?.Path ?? ""), "service", parts.PlaceOf(service) ?? SourceSpan.StartOf(parts.Manifest.File))),
        ];
    }

    private static bool IsReachable(Service service) => service.Exposure is { Port: not null, Zones.Count: > 0 } or { RawPorts.Count: > 0, Zones.Count: > 0 };

    private static string Below(string name, string suffix)
    {
        var lower = name.ToLowerInvariant();
        return lower.EndsWith(suffix, StringComparison.Ordinal) ? lower[..^suffix.Length] : lower;
    }
}
