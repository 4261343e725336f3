using System.Diagnostics.CodeAnalysis;
using Homestack.Collections;

namespace Homestack.Manifests.Compose.Loading;

/// <summary>Where variables are looked up: the first layer that knows a name wins.</summary>
/// <remarks>The process comes first, then the stack's <c>.env</c>, then those of included files.
/// <para>Source: Compose Specification, "Interpolation" and "Include".</para></remarks>
internal sealed class VariableScope
{
    private readonly ValueList<ValueMap<string>> layers;

    public VariableScope(params ReadOnlySpan<ValueMap<string>> layers) => this.layers = ValueList.Create(layers);

    private VariableScope(ValueList<ValueMap<string>> layers) => this.layers = layers;

    public bool TryGet(string name, [MaybeNullWhen(false)] out string value)
    {
        foreach (var layer in layers)
        {
            if (layer.TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>The same with one more layer, asked last.</summary>
    public VariableScope Under(ValueMap<string> layer) => new(layers.Add(layer));

    /// <summary>All names, for suggestions.</summary>
    public IEnumerable<string> Names => layers.SelectMany(layer => layer.Keys).Distinct();
}
