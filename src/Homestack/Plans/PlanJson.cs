using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Homestack.Blueprints;
using Homestack.Diagnostics;
using Homestack.Planes;

namespace Homestack.Plans;

/// <summary>Plans and blueprints as JSON: camel case, indented, stable. Reading is strict: an unknown key, an unknown change or another format is an error.</summary>
/// <remarks>A change is written with <c>"$type": "pull-image"</c> first; the names come from each plane.</remarks>
public sealed class PlanJson
{
    /// <summary>Largest plan that is read, in bytes.</summary>
    public const int Limit = 64 << 20;

    private const int Depth = 64;
    private const int Format = 1;

    private readonly JsonSerializerOptions options;

    /// <param name="planes">Those whose changes a plan may hold.</param>
    public PlanJson(IEnumerable<PlaneJson> planes)
    {
        var known = planes.ToArray();
        options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            MaxDepth = Depth,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            TypeInfoResolver = JsonTypeInfoResolver.Combine([PlanJsonContext.Default, .. known.Select(plane => plane.Resolver)])
                .WithAddedModifier(type => AddCases(type, known)),
        };
        options.MakeReadOnly();
    }

    /// <summary>For what holds blueprints or plans as a part.</summary>
    public JsonSerializerOptions Options => options;

    public byte[] Write(Plan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, TypeOf<Plan>());

    public byte[] Write(Blueprint blueprint) => JsonSerializer.SerializeToUtf8Bytes(blueprint, TypeOf<Blueprint>());

    /// <summary>The plan that <see cref="Write(Plan)"/> wrote; null with HS4003 for anything else.</summary>
    public Plan? Read(ReadOnlySpan<byte> json, DiagnosticBag diagnostics)
    {
        var plan = Read<Plan>(json, diagnostics);
        if (plan is null || plan.Format == Format)
        {
            return plan;
        }

        diagnostics.Add(PlanDiagnostics.NotAPlan($"It has format {plan.Format}, this program reads format {Format}."));
        return null;
    }

    /// <summary>The blueprint that <see cref="Write(Blueprint)"/> wrote; null with HS4003 for anything else.</summary>
    public Blueprint? ReadBlueprint(ReadOnlySpan<byte> json, DiagnosticBag diagnostics) => Read<Blueprint>(json, diagnostics);

    private T? Read<T>(ReadOnlySpan<byte> json, DiagnosticBag diagnostics)
        where T : class
    {
        try
        {
            var value = json.Length > Limit ? throw new JsonException($"It is larger than {Limit:N0} bytes.") : JsonSerializer.Deserialize(json, TypeOf<T>());
            return value ?? throw new JsonException("It is empty.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            diagnostics.Add(PlanDiagnostics.NotAPlan(exception.Message));
            return null;
        }
    }

    private JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    /// <summary>Tells the serializer the cases of every plane's closed set as cases of <see cref="Change"/>.</summary>
    private static void AddCases(JsonTypeInfo type, PlaneJson[] planes)
    {
        if (type.Type != typeof(Change))
        {
            return;
        }

        type.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "$type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization };
        foreach (var plane in planes)
        {
            foreach (var known in plane.Changes.GetCustomAttributes<JsonDerivedTypeAttribute>())
            {
                type.PolymorphismOptions.DerivedTypes.Add(new(known.DerivedType, (string?)known.TypeDiscriminator ?? known.DerivedType.Name));
            }
        }
    }
}
