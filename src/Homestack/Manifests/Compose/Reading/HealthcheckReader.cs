using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>healthcheck</c>.</summary>
/// <remarks>Adds HS1154. <para>Source: Compose Specification, "healthcheck".</para></remarks>
internal static class HealthcheckReader
{
    public static HealthcheckSpec? Read(MappingReader service, SpecReading reading)
    {
        if (service.Mapping("healthcheck") is not { } mapping)
        {
            return null;
        }

        var test = ReadTest(mapping, reading);
        var spec = new HealthcheckSpec
        {
            IsDisabled = (mapping.Bool("disable")?.Value ?? false) || test is ["NONE", ..],
            Test = test is ["NONE", ..] ? null : test,
            Interval = mapping.Duration("interval")?.Value,
            Timeout = mapping.Duration("timeout")?.Value,
            StartPeriod = mapping.Duration("start_period")?.Value,
            StartInterval = mapping.Duration("start_interval")?.Value,
            Retries = mapping.Int("retries", 0)?.Value,
        };
        mapping.FinishExceptExtensions();
        return spec;
    }

    private static ValueList<string>? ReadTest(MappingReader mapping, SpecReading reading)
    {
        if (mapping.Take("test") is not { } node)
        {
            return null;
        }

        var path = mapping.PathOf("test");
        if (node is YamlScalar)
        {
            return YamlValue.Text(node, path, reading.Diagnostics) is not { } text ? null : text.Value == "NONE" ? ["NONE"] : ["CMD-SHELL", text.Value];
        }

        var words = YamlValue.TextList(node, path, reading.Diagnostics);
        if (words is null or { Count: 0 })
        {
            return null;
        }

        if (words[0].Value is not ("CMD" or "CMD-SHELL" or "NONE"))
        {
            reading.Diagnostics.Add(SpecDiagnostics.Healthcheck(words[0].Span, path));
        }

        return words.Values();
    }
}
