using System.Text.Json.Serialization;
using Homestack.Collections;
using Homestack.Fronts;

namespace Homestack.Planes.Ingress;

/// <summary>This plane's changes as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IngressChange))]
[JsonSerializable(typeof(IngressSnapshot))]
[JsonSerializable(typeof(FrontRoute))]
[JsonSerializable(typeof(FrontRawRoute))]
[JsonSerializable(typeof(ValueList<FrontRoute>))]
public sealed partial class IngressJson : JsonSerializerContext;
