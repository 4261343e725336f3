using System.Text.Json.Serialization;
using Homestack.Fronts;

namespace Homestack.Planes.Names;

/// <summary>One call to the front.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(ServeNames), "serve-names")]
public abstract record NamesChange : Change;

/// <summary>Gives the name server all its names anew; it swaps them at once.</summary>
public sealed record ServeNames(NamesSnapshot Snapshot) : NamesChange
{
    public override string Summary => Snapshot.Zones.Sum(zone => zone.Records.Count) switch { 0 => "serve no names", 1 => "serve 1 name", var count => $"serve {count} names" };
}
