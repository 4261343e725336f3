using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>What must be and what is → the changes between. Pure: the same input gives the same output in the same order.</summary>
/// <remarks>Level-triggered: it looks at what is there, not at what was tried, so leftovers of a crash are mended like any drift. Adds HS3001 to HS3014.</remarks>
public static class ContainersDiffer
{
    public static ValueList<ResourceChange> Diff(ContainersDesired desired, ContainersObserved observed, DiagnosticBag diagnostics)
    {
        var networks = NetworkDiffer.Diff(desired, observed, diagnostics);
        var volumes = VolumeDiffer.Diff(desired, observed, diagnostics);
        var renewed = desired.Networks.Where(network => networks.Any(change => change.Resource == network.Resource)).Select(network => (network.Host, network.Body.Name)).ToHashSet();
        var services = new ServiceDiffer(desired, observed, renewed, diagnostics);
        var outcomes = desired.Containers.ToDictionary(wanted => wanted.Resource, services.Outcome);
        Restarts(desired, services, outcomes);
        Waits(desired, services, outcomes);

        var changes = new List<ResourceChange>();
        changes.AddRange(networks);
        changes.AddRange(volumes);
        changes.AddRange(Images(outcomes.Values));
        changes.AddRange(outcomes.Values.Where(outcome => outcome.Steps.Count > 0).Select(outcome => Change(outcome, services)));
        changes.AddRange(OrphanDiffer.Containers(desired, observed));
        changes.AddRange(OrphanDiffer.Networks(desired, observed, changes, diagnostics));
        return Handover.Order(desired, observed, changes).OrderBy(change => change.Resource).ToValueList();
    }

    /// <summary>Those that asked for it are restarted when a service they depend on got a new container.</summary>
    private static void Restarts(ContainersDesired desired, ServiceDiffer services, Dictionary<ResourceId, ServiceOutcome> outcomes)
    {
        foreach (var wanted in desired.Containers)
        {
            var outcome = outcomes[wanted.Resource];
            var replaced = wanted.DependsOn.Where(dependency => dependency.Value.RestartsWith && services.Of(dependency.Key).Any(other => outcomes[other.Resource].Action == ChangeAction.Replace))
                .Select(dependency => dependency.Key).FirstOrDefault();
            if (replaced is not null && outcome.Kept is { Phase: ContainerPhase.Running } kept)
            {
                outcomes[wanted.Resource] = outcome with
                {
                    Cause = Join(outcome.Cause, $"it restarts with {replaced}"),
                    IsInterrupted = true,
                    Steps = [.. outcome.Steps, new RestartContainer(Replacement.There(kept, desired.Home), Replacement.Grace(wanted.Body.StopTimeout)) { Host = wanted.Host }],
                };
            }
        }
    }

    /// <summary>A dependency that has no change of its own may still be on its way (after a crash): then the dependant waits for it first.</summary>
    private static void Waits(ContainersDesired desired, ServiceDiffer services, Dictionary<ResourceId, ServiceOutcome> outcomes)
    {
        foreach (var wanted in desired.Containers)
        {
            var outcome = outcomes[wanted.Resource];
            if (!outcome.Steps.Any(step => step is StartContainer))
            {
                continue;
            }

            var waits = wanted.DependsOn.Where(dependency => dependency.Value is { Condition: not DependencyCondition.Started, IsRequired: true })
                .SelectMany(dependency => services.Of(dependency.Key).Select(other => (Other: outcomes[other.Resource], dependency.Value.Condition)))
                .Where(wait => wait.Other is { Steps.Count: 0, Kept: { } kept } && !ServiceDiffer.IsWell(wait.Other.Wanted, kept))
                .Select(wait => new WaitUntilWell(Replacement.New(wait.Other.Wanted, desired.Home), wait.Condition) { Host = wait.Other.Wanted.Host });
            outcomes[wanted.Resource] = outcome with { Steps = [.. waits, .. outcome.Steps] };
        }
    }

    private static IEnumerable<ResourceChange> Images(IEnumerable<ServiceOutcome> outcomes) =>
        outcomes.Where(outcome => outcome is { Steps.Count: > 0, Image.Step: not null })
            .GroupBy(outcome => ImageResource(outcome))
            .Select(group => new ResourceChange
            {
                Resource = group.Key,
                Action = ChangeAction.Create,
                Cause = $"{string.Join(", ", group.Select(outcome => outcome.Wanted.Owner).Distinct())} needs it; {group.First().Image?.Cause}",
                Place = group.First().Wanted.Place,
                Steps = group.Select(outcome => outcome.Image?.Step).OfType<Change>().Take(1).ToValueList(),
            });

    private static ResourceId ImageResource(ServiceOutcome outcome) => ResourceNames.Image(outcome.Image?.Use ?? "", outcome.Wanted.Host);

    private static ResourceChange Change(ServiceOutcome outcome, ServiceDiffer services)
    {
        var wanted = outcome.Wanted;
        var after = wanted.Uses
            .Concat(outcome.Image?.Step is null ? [] : [ImageResource(outcome)])

            // What is not required may fail, and then nobody who waited for it could begin.
            .Concat(wanted.DependsOn.Where(dependency => dependency.Value.IsRequired).Select(dependency => dependency.Key).Concat(wanted.SharesWith).SelectMany(services.Of).Select(other => other.Resource))

            // Instances follow each other, so that one of them always answers.
            .Concat(outcome.Action == ChangeAction.Replace && wanted.Instance > 1 ? services.Of(wanted.Owner).Where(other => other.Instance < wanted.Instance).Select(other => other.Resource) : [])
            .Where(resource => resource != wanted.Resource).Distinct().Order().ToValueList();
        return new()
        {
            Resource = wanted.Resource,
            Action = outcome.Action,
            Cause = outcome.Cause,
            Place = wanted.Place,
            After = after,
            Impact = ServiceImpact.Of(outcome),
            Steps = outcome.Steps.Select(step => (Change)step).ToValueList(),
            Undo = outcome.Undo.Select(step => (Change)step).ToValueList(),
        };
    }

    private static string Join(string first, string second) => first.Length == 0 ? second : $"{first}; {second}";
}
