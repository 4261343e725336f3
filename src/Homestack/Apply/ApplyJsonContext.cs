using System.Text.Json.Serialization;
using Homestack.Primitives;

namespace Homestack.Apply;

/// <summary>What an apply keeps on disk.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = false)]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(LockHolder))]
[JsonSerializable(typeof(StepResult))]
[JsonSerializable(typeof(ApplyResult))]
[JsonSerializable(typeof(ResourceId))]
public sealed partial class ApplyJsonContext : JsonSerializerContext;
