using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Puts variables into every value of a file; keys are left as they are.</summary>
/// <remarks>A node that several aliases share is done once. A value in which something was put in counts as quoted: an empty variable is an empty text, not null.
/// Adds HS1110 to HS1113. <para>Source: Compose Specification, "Interpolation".</para></remarks>
internal sealed class Interpolation(VariableScope variables, DiagnosticBag diagnostics)
{
    private readonly Dictionary<YamlNode, YamlNode> done = new(ReferenceEqualityComparer.Instance);

    public YamlNode Apply(YamlNode node)
    {
        if (node is YamlScalar scalar)
        {
            return scalar.Value.Contains('$', StringComparison.Ordinal) ? Once(scalar, () => ApplyToScalar(scalar)) : scalar;
        }

        return Once(node, () => node switch
        {
            YamlSequence sequence => sequence with { Items = [.. sequence.Items.Select(Apply)] },
            YamlMapping mapping => mapping with { Entries = [.. mapping.Entries.Select(entry => entry with { Value = Apply(entry.Value) })] },
            _ => node,
        });
    }

    private YamlNode Once(YamlNode node, Func<YamlNode> make)
    {
        if (!done.TryGetValue(node, out var result))
        {
            result = make();
            done.Add(node, result);
        }

        return result;
    }

    private YamlScalar ApplyToScalar(YamlScalar scalar)
    {
        var result = Template.Expand(scalar.Value, variables);
        foreach (var name in result.Unset)
        {
            diagnostics.Add(LoadingDiagnostics.UnsetVariable(name, scalar.Span, variables.Names));
        }

        if (result.Problem is { } problem)
        {
            diagnostics.Add(LoadingDiagnostics.BadTemplate(problem, scalar.Span));
        }

        return result.Plain is { } plain
            ? scalar with { Value = plain, IsPlain = false }
            : scalar with { Value = result.Value.ToString(), IsPlain = false, Secrets = result.Value };
    }
}
