using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Leaves out the services whose profiles are not active.</summary>
/// <remarks><para>Source: Compose Specification, "Profiles".</para></remarks>
internal static class Profiles
{
    public static YamlMapping Keep(YamlMapping root, IReadOnlyCollection<string> active, out ValueList<string> inactive)
    {
        inactive = [];
        if (active.Contains("*") || root.Find("services") is not YamlMapping services)
        {
            return root;
        }

        var left = services.Entries.Where(entry => !IsActive(entry.Value, active)).Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal);
        if (left.Count == 0)
        {
            return root;
        }

        inactive = left.Order(StringComparer.Ordinal).ToValueList();
        var kept = services with { Entries = [.. services.Entries.Where(entry => !left.Contains(entry.Key.Value))] };
        return root with { Entries = [.. root.Entries.Select(entry => entry.Key.Value == "services" ? entry with { Value = kept } : entry)] };
    }

    private static bool IsActive(YamlNode service, IReadOnlyCollection<string> active) =>
        (service as YamlMapping)?.Find("profiles") is not YamlSequence { Items.Count: > 0 } profiles
        || profiles.Items.OfType<YamlScalar>().Any(profile => active.Contains(profile.Value));
}
