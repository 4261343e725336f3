using System.Text.Json.Serialization;
using Homestack.Fronts;

namespace Homestack.Planes.Ingress;

/// <summary>One call to the front.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(ServeRoutes), "serve-routes")]
public abstract record IngressChange : Change;

/// <summary>Gives the front all routes anew; it swaps them at once.</summary>
public sealed record ServeRoutes(IngressSnapshot Snapshot) : IngressChange
{
    public override string Summary => Snapshot.Routes.Count switch { 0 => "serve no routes", 1 => "serve 1 route", var count => $"serve {count} routes" };
}
