using Homestack.Collections;

namespace Homestack.Fronts;

/// <summary>Where the containers of services are at the moment. Changes with every restart, so it is no part of any plan: the engine tells the front as it hears.</summary>
/// <param name="Services">By <c>stack/name</c>: addresses on the bridge of those that are not unwell, sorted; empty while there is none.</param>
public sealed record AddressesSnapshot(ValueMap<ValueList<string>> Services)
{
    public const string Slot = "addresses";

    /// <summary>Services whose containers run and all fail their own check, sorted; null: none.</summary>
    public ValueList<string>? Unwell { get; init; }
}
