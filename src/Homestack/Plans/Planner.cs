using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Planes;
using Homestack.Primitives;

namespace Homestack.Plans;

/// <summary>Puts the changes of all planes into one order.</summary>
/// <remarks>
/// The steps of a resource follow each other. Its first step waits for the last step of every resource in <see cref="ResourceChange.After"/>; a resource that
/// has no change is settled already. Nothing else waits, so unrelated changes may run at once. Pure; the same changes in any order give the same plan:
/// of the changes that could come next, the one with the smallest resource name does.
/// </remarks>
public static class Planner
{
    /// <summary>The plan; null with HS4001 when changes wait for each other in a circle, HS4002 when a resource has two.</summary>
    public static Plan? Plan(PlanRequest request, DiagnosticBag diagnostics)
    {
        var changes = new SortedDictionary<ResourceId, ResourceChange>();
        foreach (var change in request.Changes)
        {
            if (!changes.TryAdd(change.Resource, change))
            {
                diagnostics.Add(PlanDiagnostics.ChangedTwice(change.Resource));
                return null;
            }
        }

        foreach (var change in request.Changes)
        {
            foreach (var waiter in (change.Before ?? []).Where(waiter => waiter != change.Resource && changes.ContainsKey(waiter)))
            {
                changes[waiter] = changes[waiter] with { After = changes[waiter].After.Add(change.Resource) };
            }
        }

        return Order(changes, diagnostics) is not { } order ? null : new()
        {
            Home = request.Blueprint.Home,
            Folder = request.Folder,
            Sources = request.Sources,
            BasedOn = request.BasedOn,
            RollbackTo = request.RollbackTo,
            Observed = request.Observed,
            Blueprint = request.Blueprint,
            Changes = changes.Values.ToValueList(),
            Steps = Number(order),
        };
    }

    private static List<ResourceChange>? Order(SortedDictionary<ResourceId, ResourceChange> changes, DiagnosticBag diagnostics)
    {
        var waiting = changes.Values.ToDictionary(change => change.Resource, change => change.After.Where(changes.ContainsKey).ToHashSet());
        var waiters = waiting.SelectMany(pair => pair.Value, (pair, first) => (First: first, Then: pair.Key)).ToLookup(pair => pair.First, pair => pair.Then);
        var ready = new SortedSet<ResourceId>(waiting.Where(pair => pair.Value.Count == 0).Select(pair => pair.Key));
        var order = new List<ResourceChange>(changes.Count);
        while (ready.Count > 0)
        {
            var next = ready.Min;
            ready.Remove(next);
            waiting.Remove(next);
            order.Add(changes[next]);
            foreach (var waiter in waiters[next])
            {
                if (waiting[waiter].Remove(next) && waiting[waiter].Count == 0)
                {
                    ready.Add(waiter);
                }
            }
        }

        if (waiting.Count == 0)
        {
            return order;
        }

        diagnostics.Add(PlanDiagnostics.ChangesWaitInACircle(CircleIn(waiting)));
        return null;
    }

    private static ValueList<PlanStep> Number(List<ResourceChange> order)
    {
        var steps = new List<PlanStep>();
        var last = new Dictionary<ResourceId, int[]>();
        foreach (var change in order)
        {
            int[] after = [.. change.After.Where(last.ContainsKey).SelectMany(resource => last[resource]).Distinct().Order()];
            foreach (var call in change.Steps)
            {
                steps.Add(new(steps.Count + 1, change.Resource, call, after.ToValueList()));
                after = [steps.Count];
            }

            // A change without calls still stands between those before it and those after it.
            last[change.Resource] = after;
        }

        return steps.ToValueList();
    }

    /// <summary>Follows the smallest name that is waited for until one comes again.</summary>
    private static List<ResourceId> CircleIn(Dictionary<ResourceId, HashSet<ResourceId>> waiting)
    {
        var path = new List<ResourceId>();
        for (var at = waiting.Keys.Min(); ; at = waiting[at].Min())
        {
            if (path.IndexOf(at) is >= 0 and var start)
            {
                return path[start..];
            }

            path.Add(at);
        }
    }
}
