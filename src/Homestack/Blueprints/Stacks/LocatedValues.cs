using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Blueprints.Stacks;

/// <summary>Forgets places: a blueprint is equal by what it means.</summary>
internal static class LocatedValues
{
    public static ValueMap<TValue> Plain<TValue>(this ValueMap<Located<TValue>> values) => values.ToValueMap(entry => entry.Key, entry => entry.Value.Value);

    /// <summary>Without repetitions, in ordinal order.</summary>
    public static ValueList<string> Sorted(this IEnumerable<string> values) => values.Distinct().Order(StringComparer.Ordinal).ToValueList();
}
