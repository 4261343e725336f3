using System.Globalization;
using Homestack.Collections;
using Homestack.Fronts;

namespace Homestack.Planes.Names;

/// <summary>Compares what must be answered with what is. Pure.</summary>
public static class NamesDiffer
{
    public static ValueList<ResourceChange> Diff(NamesDesired desired, NamesObserved observed)
    {
        var wanted = desired.Snapshot;
        if (observed.Digest == (wanted.Listen.Count == 0 && observed.Digest.Length == 0 ? "" : Snapshots.DigestOf(wanted)))
        {
            return [];
        }

        return
        [
            new()
            {
                Resource = new("names", "front", "names"),
                Action = observed.Given.Listen.Count == 0 ? ChangeAction.Create : wanted.Listen.Count == 0 ? ChangeAction.Delete : ChangeAction.Update,
                Cause = Cause(observed, wanted),
                Steps = [new ServeNames(wanted)],
            },
        ];
    }

    private static string Cause(NamesObserved observed, NamesSnapshot wanted)
    {
        var (before, after) = (Records(observed.Given), Records(wanted));
        var words = new[] { (after.Except(before).Count(), "added"), (before.Except(after).Count(), "removed") }.Where(part => part.Item1 > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {(part.Item1 == 1 ? "record" : "records")} {part.Item2}"));
        return string.Join(", ", words) is { Length: > 0 } said ? said : observed.Given == wanted ? "the name server answers something else" : "ports, zones or resolvers changed";
    }

    private static HashSet<NameRecord> Records(NamesSnapshot snapshot) => [.. snapshot.Zones.SelectMany(zone => zone.Records)];
}
