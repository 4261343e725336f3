using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Takes the marks of merging out of a finished tree: what is marked <c>!reset</c> goes, <c>!override</c> has done its work. Any other tag is HS1126.</summary>
/// <remarks><para>Source: Compose Specification, "Merge", "Reset value" and "Replace value".</para></remarks>
internal static class Tags
{
    public static YamlNode Remove(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node.Tag is not (null or NodeMerge.Reset or NodeMerge.Override or "tag:yaml.org,2002:str"))
        {
            diagnostics.Add(LoadingDiagnostics.UnknownTag(node.Tag, node.Span));
        }

        return node switch
        {
            YamlScalar scalar => scalar.Tag is null ? scalar : scalar with { Tag = null },
            YamlSequence sequence => sequence with { Tag = null, Items = [.. sequence.Items.Where(IsKept).Select(item => Remove(item, diagnostics))] },
            YamlMapping mapping => mapping with
            {
                Tag = null,
                Entries = [.. mapping.Entries.Where(entry => IsKept(entry.Value)).Select(entry => entry with { Value = Remove(entry.Value, diagnostics) })],
            },
            _ => node,
        };
    }

    private static bool IsKept(YamlNode node) => node.Tag != NodeMerge.Reset;
}
