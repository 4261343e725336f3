using System.Text.Json.Serialization;
using Homestack.Collections;

namespace Homestack.Fronts;

/// <summary>How snapshots are written: compact, camel case, defaults left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(IngressSnapshot))]
[JsonSerializable(typeof(CertificatesSnapshot))]
[JsonSerializable(typeof(AddressesSnapshot))]
[JsonSerializable(typeof(NamesSnapshot))]
[JsonSerializable(typeof(FrontAnswer))]
[JsonSerializable(typeof(ValueMap<string>))]
public sealed partial class FrontsJsonContext : JsonSerializerContext;
