using System.Globalization;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Primitives;

namespace Homestack.Planes.Ingress;

/// <summary>Compares what must be served with what is. Pure.</summary>
public static class IngressDiffer
{
    /// <summary>The one resource of this plane.</summary>
    public static readonly ResourceId Routes = new("ingress", "front", "routes");

    public static ValueList<ResourceChange> Diff(IngressDesired desired, IngressObserved observed)
    {
        var wanted = desired.Snapshot;
        if (observed.Digest == (wanted.Https.Count == 0 && observed.Digest.Length == 0 ? "" : Snapshots.DigestOf(wanted)))
        {
            return [];
        }

        var (before, after) = (Reachable(observed.Given), Reachable(wanted));
        return
        [
            new()
            {
                Resource = Routes,
                Action = observed.Given.Routes.Count == 0 ? ChangeAction.Create : wanted.Routes.Count == 0 ? ChangeAction.Delete : ChangeAction.Update,
                Cause = Cause(observed, wanted),
                Steps = [new ServeRoutes(wanted)],
                // A service is well before it is shown. The front keeps the old routes when it cannot take these: there is nothing to put back.
                After = wanted.Routes.Where(route => route.Service.Length > 0).Select(route => new ResourceId("containers", "service", route.Service)).ToValueList(),
                Impact = new()
                {
                    BecomesReachable = after.Except(before).ToValueList(),
                    StopsBeingReachable = before.Except(after).ToValueList(),
                },
            },
        ];
    }

    private static string Cause(IngressObserved observed, IngressSnapshot wanted)
    {
        var before = observed.Given.Routes.ToDictionary(route => route.Name);
        var added = wanted.Routes.Count(route => !before.ContainsKey(route.Name));
        var changed = wanted.Routes.Count(route => before.TryGetValue(route.Name, out var known) && known != route);
        var removed = before.Keys.Except(wanted.Routes.Select(route => route.Name)).Count();
        var words = new[] { (added, "added"), (changed, "changed"), (removed, "removed") }.Where(part => part.Item1 > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2}"));
        return string.Join(", ", words) is { Length: > 0 } said ? said : observed.Given == wanted ? "the front serves something else" : "ports or zones changed";
    }

    /// <summary>Such as <c>https://photos.home.arpa from lan, vpn</c>.</summary>
    private static IEnumerable<string> Reachable(IngressSnapshot snapshot) =>
        snapshot.Routes.SelectMany(route => snapshot.UrlsOf(route).Select(url => $"{url} from {string.Join(", ", route.Zones)}"));
}
