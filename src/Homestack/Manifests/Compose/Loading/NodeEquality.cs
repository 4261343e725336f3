using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Whether two nodes say the same, wherever they stand; the order of keys does not matter.</summary>
internal static class NodeEquality
{
    public static bool AreEqual(YamlNode left, YamlNode right) => (left, right) switch
    {
        (YamlScalar one, YamlScalar other) => one.Value == other.Value && one.IsNull == other.IsNull,
        (YamlSequence one, YamlSequence other) => one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => AreEqual(pair.First, pair.Second)),
        (YamlMapping one, YamlMapping other) => one.Entries.Count == other.Entries.Count
            && one.Entries.All(entry => other.Find(entry.Key.Value) is { } value && AreEqual(entry.Value, value)),
        _ => false,
    };
}
