using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Joins two versions of one part of a stack: what <c>extends</c> brings and what stands beside it, or several files of one <c>include</c>.</summary>
/// <remarks>
/// Mappings are joined key by key, lists follow each other, single values are replaced; some keys have rules of their own, in <see cref="RuleOf"/>.
/// <c>!reset</c> removes, <c>!override</c> replaces whole. Adds HS1125.
/// <para>Source: Compose Specification, "Merge"; compose-go <c>override/merge.go</c>.</para>
/// </remarks>
internal sealed class NodeMerge(DiagnosticBag diagnostics)
{
    public const string Reset = "!reset";
    public const string Override = "!override";

    /// <param name="lower">What is extended.</param>
    /// <param name="upper">What wins.</param>
    /// <param name="path">Keys with "*" for names, such as <c>services.*</c>; empty for a whole file.</param>
    public YamlNode Merge(YamlNode lower, YamlNode upper, string path)
    {
        if (upper.Tag == Override)
        {
            return upper with { Tag = null };
        }

        switch (RuleOf(path))
        {
            case MergeRule.Replace:
                return upper;
            case MergeRule.KeysAndValues:
                return MergeMappings(ListForms.KeysAndValues(lower), ListForms.KeysAndValues(upper), path);
            case MergeRule.Names:
                return MergeMappings(ListForms.Names(lower, path), ListForms.Names(upper, path), path);
            case MergeRule.Build:
                return MergeMappings(ListForms.Single(lower, "context"), ListForms.Single(upper, "context"), path);
            case MergeRule.OneOrMany:
                return MergeLists(ListForms.Many(lower), ListForms.Many(upper), path);
            case MergeRule.Logging when DriverOf(lower) is { } one && DriverOf(upper) is { } other && one != other:
                return upper;
            default:
                return upper is YamlSequence ? MergeLists(lower, upper, path) : MergeMappings(lower, upper, path);
        }
    }

    private YamlNode MergeMappings(YamlNode lower, YamlNode upper, string path)
    {
        if (upper is YamlScalar || lower is YamlScalar)
        {
            return upper is YamlScalar { IsNull: true } ? lower : upper;
        }

        if (lower is not YamlMapping below || upper is not YamlMapping above)
        {
            diagnostics.Add(LoadingDiagnostics.CannotMerge(upper.Span, lower.Span, path));
            return upper;
        }

        var entries = below.Entries.ToList();
        var places = entries.Select((entry, index) => (entry.Key.Value, index)).ToDictionary(pair => pair.Value, pair => pair.index, StringComparer.Ordinal);
        foreach (var entry in above.Entries)
        {
            if (places.TryGetValue(entry.Key.Value, out var at))
            {
                // What removes is kept as a mark until the whole tree is joined, so that it also removes from files further down.
                entries[at] = entry.Value.Tag == Reset || entry.Key.Value.StartsWith("x-", StringComparison.Ordinal)
                    ? entry
                    : new(entry.Key, Merge(entries[at].Value, entry.Value, Below(path, entry.Key.Value)));
            }
            else
            {
                entries.Add(entry);
            }
        }

        return above with { Entries = entries, Size = lower.Size + upper.Size };
    }

    private YamlNode MergeLists(YamlNode lower, YamlNode upper, string path)
    {
        if (lower is YamlScalar)
        {
            return upper;
        }

        if (lower is not YamlSequence below || upper is not YamlSequence above)
        {
            diagnostics.Add(LoadingDiagnostics.CannotMerge(upper.Span, lower.Span, path));
            return upper;
        }

        return above with { Items = [.. below.Items, .. above.Items], Size = lower.Size + upper.Size };
    }

    private static string Below(string path, string key) =>
        path is "services" or "networks" or "volumes" or "secrets" or "configs" or "services.*.ulimits" or "services.*.networks" ? path + ".*" : path.Length == 0 ? key : $"{path}.{key}";

    private static string? DriverOf(YamlNode logging) => (logging as YamlMapping)?.Find("driver") is YamlScalar driver ? driver.Value : null;

    private static MergeRule RuleOf(string path) => path switch
    {
        "services.*.command" or "services.*.entrypoint" or "services.*.healthcheck.test" => MergeRule.Replace,
        "services.*.environment" or "services.*.labels" or "services.*.annotations" or "services.*.sysctls" or "services.*.deploy.labels"
            or "services.*.build.args" or "services.*.build.labels" or "networks.*.labels" or "volumes.*.labels" => MergeRule.KeysAndValues,
        "services.*.depends_on" or "services.*.networks" => MergeRule.Names,
        "services.*.build" => MergeRule.Build,
        "services.*.dns" or "services.*.dns_search" or "services.*.tmpfs" or "services.*.env_file" or "services.*.label_file" => MergeRule.OneOrMany,
        "services.*.extra_hosts" or "services.*.build.extra_hosts" => MergeRule.KeysAndValues,
        "services.*.logging" => MergeRule.Logging,
        _ => MergeRule.AsWritten,
    };

    private enum MergeRule
    {
        AsWritten,
        Replace,
        KeysAndValues,
        Names,
        Build,
        OneOrMany,
        Logging,
    }
}
