using System.Text.Json.Serialization;
using Homestack.Blueprints;
using Homestack.Collections;

namespace Homestack.Generations;

/// <summary>The files of the state folder that are not a plan, a blueprint or a result.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ValueMap<ImagePin>))]
[JsonSerializable(typeof(ImagePin))]
[JsonSerializable(typeof(HomeRecord))]
internal sealed partial class GenerationsJsonContext : JsonSerializerContext;
