using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Homestack.Planes;

/// <summary>How the changes of a plane are written in a plan's file.</summary>
/// <param name="Resolver">Source-generated; knows every case of the closed set and what they hold.</param>
/// <param name="Changes">The abstract record of the set, with a <see cref="JsonDerivedTypeAttribute"/> for each case.</param>
public sealed record PlaneJson(IJsonTypeInfoResolver Resolver, Type Changes);
