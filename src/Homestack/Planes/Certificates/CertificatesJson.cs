using System.Text.Json.Serialization;

namespace Homestack.Planes.Certificates;

/// <summary>This plane's changes as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CertificatesChange))]
public sealed partial class CertificatesJson : JsonSerializerContext;
