using System.Text.Json;
using System.Text.Json.Serialization;
using Homestack.Apply;
using Homestack.Collections;
using Homestack.Planes;
using Homestack.Primitives;

namespace Homestack.Homes;

/// <summary>How the engine and its callers write what they tell each other: camel case, one line.</summary>
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(HomeStatus))]
[JsonSerializable(typeof(ServiceStatus))]
[JsonSerializable(typeof(CertificateStatus))]
[JsonSerializable(typeof(GenerationSummary))]
[JsonSerializable(typeof(ValueList<GenerationSummary>))]
[JsonSerializable(typeof(ValueList<WireDiagnostic>), TypeInfoPropertyName = "ValueListWireDiagnostic")]
[JsonSerializable(typeof(WireDiagnostic))]
[JsonSerializable(typeof(DriftReport))]
[JsonSerializable(typeof(ApplyLine))]
[JsonSerializable(typeof(ApplyResult))]
[JsonSerializable(typeof(StepResult))]
[JsonSerializable(typeof(StepProgress))]
[JsonSerializable(typeof(ResourceId))]
[JsonSerializable(typeof(GivenName))]
[JsonSerializable(typeof(ValueList<GivenName>), TypeInfoPropertyName = "ValueListGivenName")]
[JsonSerializable(typeof(NameChange))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
public sealed partial class ApiJson : JsonSerializerContext
{
    public static ApiJson Wire { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });
}
