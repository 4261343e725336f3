using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homestack.Homes;

/// <summary>How the engine and its callers write what they tell each other: camel case, one line.</summary>
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(HomeStatus))]
[JsonSerializable(typeof(ServiceStatus))]
[JsonSerializable(typeof(GenerationSummary))]
[JsonSerializable(typeof(string))]
public sealed partial class ApiJson : JsonSerializerContext
{
    public static ApiJson Wire { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}
