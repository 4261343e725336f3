using System.Text.Json.Serialization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Planes.Certificates;

/// <summary>This plane's changes as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CertificatesChange))]
[JsonSerializable(typeof(PublicCertificate))]
[JsonSerializable(typeof(ValueList<PublicCertificate>))]
[JsonSerializable(typeof(CertificateSettings))]
[JsonSerializable(typeof(ValueMap<OrderRecord>))]
[JsonSerializable(typeof(OrderRecord))]
[JsonSerializable(typeof(Text))]
[JsonSerializable(typeof(string))]
public sealed partial class CertificatesJson : JsonSerializerContext;
