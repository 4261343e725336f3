using System.Text.Json;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Plans;

namespace Homestack.Homes;

/// <summary>How a wish for a plan and its answer travel between the engine and its callers.</summary>
public static class PlanWire
{
    /// <summary>A wish is a plan without changes: its blueprint, folder and files are what is asked about.</summary>
    public static byte[] WriteWish(Blueprint blueprint, PlanOptions options) => PlaneList.Json.Write(new Plan
    {
        Home = blueprint.Home,
        Folder = options.Folder,
        Sources = options.Sources,
        RollbackTo = options.RollbackTo,
        BasedOn = 0,
        Observed = ValueMap<string>.Empty,
        Blueprint = blueprint,
        Changes = [],
        Steps = [],
    });

    /// <exception cref="InvalidDataException">It is no wish.</exception>
    public static (Blueprint Blueprint, PlanOptions Options) ReadWish(ReadOnlySpan<byte> json)
    {
        var plan = ReadPlan(json);
        return (plan.Blueprint, new() { Folder = plan.Folder, Sources = plan.Sources, RollbackTo = plan.RollbackTo });
    }

    /// <exception cref="InvalidDataException">It is no plan.</exception>
    private static Plan ReadPlan(ReadOnlySpan<byte> json)
    {
        var diagnostics = new DiagnosticBag();
        return PlaneList.Json.Read(json, diagnostics) ?? throw new InvalidDataException(string.Join(' ', diagnostics.Select(diagnostic => diagnostic.Detail)));
    }

    public static byte[] WriteOutcome(PlanOutcome outcome)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("diagnostics");
            JsonSerializer.Serialize(writer, outcome.Diagnostics.Select(WireDiagnostic.Of).ToValueList(), ApiJson.Wire.ValueListWireDiagnostic);
            if (outcome.Plan is { } plan)
            {
                writer.WritePropertyName("plan");
                writer.WriteRawValue(PlaneList.Json.Write(plan));
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no outcome.</exception>
    public static PlanOutcome ReadOutcome(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var diagnostics = document.RootElement.GetProperty("diagnostics").Deserialize(ApiJson.Wire.ValueListWireDiagnostic) ?? [];
            var plan = document.RootElement.TryGetProperty("plan", out var element) ? ReadPlan(System.Text.Encoding.UTF8.GetBytes(element.GetRawText())) : null;
            return new(plan, diagnostics.Select(diagnostic => diagnostic.ToDiagnostic()).ToValueList());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }
}
