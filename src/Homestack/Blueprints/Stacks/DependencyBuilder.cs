using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>Everything a service needs first: <c>depends_on</c>, and whatever it shares or links to.</summary>
/// <remarks>Who shares a network, process or volume namespace is restarted when the other is replaced, because the namespace goes with the container. Adds HS2000, HS2001.</remarks>
internal static class DependencyBuilder
{
    /// <returns>By service name within the stack.</returns>
    public static ValueMap<Dependency> Build(ServiceSpec spec, StackNames names)
    {
        var found = new Dictionary<string, Dependency>(StringComparer.Ordinal);
        foreach (var dependency in spec.DependsOn.Values)
        {
            var isThere = names.Stack.Services.ContainsKey(dependency.Service.Value);
            if (isThere || (dependency.IsRequired && names.HasService(dependency.Service, spec.Name.Value, "depends_on")))
            {
                found[dependency.Service.Value] = new(ConditionOf(dependency.Condition), dependency.RestartsWith, dependency.IsRequired);
            }
        }

        foreach (var (other, key, isShared) in Implied(spec))
        {
            if (names.HasService(other, spec.Name.Value, key))
            {
                found[other.Value] = found.TryGetValue(other.Value, out var said)
                    ? said with { RestartsWith = said.RestartsWith || isShared, IsRequired = true }
                    : new(DependencyCondition.Started, isShared, IsRequired: true);
            }
        }

        return found.ToValueMap();
    }

    private static IEnumerable<(Located<string> Service, string Key, bool IsShared)> Implied(ServiceSpec spec)
    {
        foreach (var (mode, key) in new[] { (spec.NetworkMode, "network_mode"), (spec.Privileges.Ipc, "ipc"), (spec.Privileges.Pid, "pid") })
        {
            if (mode is { } shared && shared.Value.StartsWith(NetworkModeBuilder.OfService, StringComparison.Ordinal))
            {
                yield return (shared with { Value = shared.Value[NetworkModeBuilder.OfService.Length..] }, key, true);
            }
        }

        foreach (var source in spec.VolumesFrom.Where(written => !written.Value.StartsWith("container:", StringComparison.Ordinal)))
        {
            yield return (source with { Value = source.Value.Split(':')[0] }, "volumes_from", true);
        }

        foreach (var link in spec.Links)
        {
            yield return (link with { Value = link.Value.Split(':')[0] }, "links", false);
        }
    }

    private static DependencyCondition ConditionOf(string condition) => condition switch
    {
        "service_healthy" => DependencyCondition.Healthy,
        "service_completed_successfully" => DependencyCondition.CompletedSuccessfully,
        _ => DependencyCondition.Started,
    };
}
