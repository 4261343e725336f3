using System.Text.Json.Serialization;
using Homestack.Collections;
using Homestack.Fronts;

namespace Homestack.Planes.Names;

/// <summary>This plane's changes as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NamesChange))]
[JsonSerializable(typeof(NamesSnapshot))]
[JsonSerializable(typeof(NameZone))]
[JsonSerializable(typeof(NameRecord))]
[JsonSerializable(typeof(NameBlocklist))]
[JsonSerializable(typeof(ValueList<NameBlocklist>))]
[JsonSerializable(typeof(ValueList<NameZone>))]
[JsonSerializable(typeof(ValueList<NameRecord>))]
public sealed partial class NamesJson : JsonSerializerContext;
