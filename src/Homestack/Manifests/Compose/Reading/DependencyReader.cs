using Homestack.Collections;
using Homestack.Manifests.Compose.Loading;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>depends_on</c>: a list of services, or a mapping with conditions.</summary>
internal static class DependencyReader
{
    public static ValueMap<DependencySpec> Read(MappingReader service, SpecReading reading)
    {
        if (service.Take("depends_on") is not { } node)
        {
            return ValueMap<DependencySpec>.Empty;
        }

        var path = service.PathOf("depends_on");
        if (ListForms.Names(node, path) is not YamlMapping dependencies)
        {
            reading.Diagnostics.Add(BindingDiagnostics.Expected("a list of services or a mapping", node, path));
            return ValueMap<DependencySpec>.Empty;
        }

        var found = new List<KeyValuePair<string, DependencySpec>>();
        foreach (var entry in dependencies.Entries)
        {
            if (MappingReader.Of(entry.Value, BindingDiagnostics.Join(path, entry.Key.Value), reading.Diagnostics) is { } mapping)
            {
                var condition = mapping.Word("condition", "service_started", "service_healthy", "service_completed_successfully");
                if (!mapping.Has("condition"))
                {
                    reading.Diagnostics.Add(BindingDiagnostics.Missing("condition", "when the other service counts as ready", entry.Key.Span, mapping.Path));
                }

                var dependency = new DependencySpec(new(entry.Key.Value, entry.Key.Span), condition?.Value ?? "service_started",
                    mapping.Bool("restart")?.Value ?? false, mapping.Bool("required")?.Value ?? true);
                mapping.FinishExceptExtensions();
                found.Add(new(entry.Key.Value, dependency));
            }
        }

        return found.ToValueMap();
    }
}
