using System.Globalization;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Primitives;

namespace Homestack.Planes.Ingress;

/// <summary>Compares what must be served with what is. Pure.</summary>
public static class IngressDiffer
{
    /// <summary>Everything that is served.</summary>
    public static readonly ResourceId Routes = new("ingress", "front", "routes");

    /// <summary>Raw ports that close. They are free before the engine may want them.</summary>
    public static readonly ResourceId Ports = new("ingress", "front", "ports");

    public static ValueList<ResourceChange> Diff(IngressDesired desired, IngressObserved observed)
    {
        var wanted = desired.Snapshot;
        if (observed.Digest == (wanted.IsEmpty && observed.Digest.Length == 0 ? "" : Snapshots.DigestOf(wanted)))
        {
            return [];
        }

        ResourceChange[] closing = [.. Closing(observed, wanted)];
        return [.. closing, Serving(observed, wanted, closing.Select(change => change.Resource))];
    }

    private static ResourceChange Serving(IngressObserved observed, IngressSnapshot wanted, IEnumerable<ResourceId> first)
    {
        var (before, after) = (Reachable(observed.Given), Reachable(wanted));
        return new()
        {
            Resource = Routes,
            Action = observed.Given.IsEmpty ? ChangeAction.Create : wanted.IsEmpty ? ChangeAction.Delete : ChangeAction.Update,
            Cause = Cause(observed, wanted),
            Steps = [new ServeRoutes(wanted)],
            // A service is well before it is shown. The front keeps the old routes when it cannot take these: there is nothing to put back.
            After = wanted.Routes.Where(route => route.Service.Length > 0).Select(route => route.Service).Concat((wanted.Raw ?? []).Select(raw => raw.Service)).Distinct()
                .Select(service => new ResourceId("containers", "service", service)).Concat(first).ToValueList(),
            Impact = new()
            {
                BecomesReachable = after.Except(before).ToValueList(),
                StopsBeingReachable = before.Except(after).ToValueList(),
            },
        };
    }

    private static IEnumerable<ResourceChange> Closing(IngressObserved observed, IngressSnapshot wanted)
    {
        var listened = (wanted.Raw ?? []).SelectMany(Sockets).ToHashSet();
        var closing = (observed.Given.Raw ?? []).Where(raw => !Sockets(raw).All(listened.Contains)).ToArray();
        if (closing.Length > 0)
        {
            yield return new()
            {
                Resource = Ports,
                Action = ChangeAction.Delete,
                Cause = string.Create(CultureInfo.InvariantCulture, $"{closing.Length} {(closing.Length == 1 ? "port closes" : "ports close")}"),
                Steps = [new ServeRoutes(observed.Given with { Raw = (observed.Given.Raw ?? []).Except(closing).ToArray() is { Length: > 0 } left ? left.ToValueList() : null })],
                Undo = [new ServeRoutes(observed.Given)],
                Before = closing.Select(raw => new ResourceId("containers", "service", raw.Service)).Distinct().ToValueList(),
            };
        }
    }

    private static string Cause(IngressObserved observed, IngressSnapshot wanted)
    {
        var (before, after) = (Things(observed.Given), Things(wanted));
        var added = after.Keys.Count(name => !before.ContainsKey(name));
        var changed = after.Count(thing => before.TryGetValue(thing.Key, out var known) && !known.Equals(thing.Value));
        var removed = before.Keys.Count(name => !after.ContainsKey(name));
        var words = new[] { (added, "added"), (changed, "changed"), (removed, "removed") }.Where(part => part.Item1 > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2}"));
        return string.Join(", ", words) is { Length: > 0 } said ? said : observed.Given == wanted ? "the front serves something else" : "ports or zones changed";
    }

    private static Dictionary<string, object> Things(IngressSnapshot snapshot) =>
        snapshot.Routes.Select(route => (route.Name, Thing: (object)route)).Concat((snapshot.Raw ?? []).Select(raw => (Name: raw.Where, Thing: (object)raw)))
            .DistinctBy(thing => thing.Name).ToDictionary(thing => thing.Name, thing => thing.Thing);

    private static IEnumerable<string> Sockets(FrontRawRoute raw) => raw.Listen.Select(listen => $"{(raw.IsUdp ? "udp" : "tcp")} {listen}");

    /// <summary>Such as <c>https://photos.home.arpa from lan, vpn</c>, and <c>udp games.home.arpa:2456 from lan</c>.</summary>
    private static IEnumerable<string> Reachable(IngressSnapshot snapshot) =>
        snapshot.Routes.SelectMany(route => snapshot.UrlsOf(route).Select(url => $"{url} from {string.Join(", ", route.Zones)}"))
            .Concat((snapshot.Raw ?? []).Select(raw => $"{raw.Where} from {string.Join(", ", raw.Zones)}"));
}
