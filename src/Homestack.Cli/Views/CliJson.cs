using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Homes;
using Homestack.Planes;

namespace Homestack.Cli.Views;

/// <summary>How results are written as JSON: indented, camel case, readable letters.</summary>
[JsonSerializable(typeof(PlanReport))]
[JsonSerializable(typeof(PlanReportChange))]
[JsonSerializable(typeof(PlanReportStep))]
[JsonSerializable(typeof(ValidateReport))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(ValueMap<string>), TypeInfoPropertyName = "ValueMapString")]
[JsonSerializable(typeof(ApplyReport))]
[JsonSerializable(typeof(StepReport))]
[JsonSerializable(typeof(ValueList<GenerationSummary>), TypeInfoPropertyName = "ValueListGenerationSummary")]
[JsonSerializable(typeof(GenerationSummary))]
[JsonSerializable(typeof(NamesReport))]
[JsonSerializable(typeof(NamesCount))]
[JsonSerializable(typeof(NamesQuestion))]
[JsonSerializable(typeof(ValueMap<int>), TypeInfoPropertyName = "ValueMapInt")]
[JsonSerializable(typeof(ValueList<NamesCount>), TypeInfoPropertyName = "ValueListNamesCount")]
[JsonSerializable(typeof(ValueList<NamesQuestion>), TypeInfoPropertyName = "ValueListNamesQuestion")]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(HomeStatus))]
[JsonSerializable(typeof(ServiceStatus))]
[JsonSerializable(typeof(CertificateStatus))]
[JsonSerializable(typeof(DiagnosticReport))]
[JsonSerializable(typeof(RelatedReport))]
[JsonSerializable(typeof(ImpactLine))]
[JsonSerializable(typeof(ValueList<string>), TypeInfoPropertyName = "ValueListString")]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class CliJson : JsonSerializerContext
{
    // The output goes to terminals and programs, never into a page, so letters such as "→" stay readable.
    public static CliJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static void Write<T>(IoContext io, T report, Func<CliJson, JsonTypeInfo<T>> type) => io.Out.WriteLine(JsonSerializer.Serialize(report, type(Readable)));
}
