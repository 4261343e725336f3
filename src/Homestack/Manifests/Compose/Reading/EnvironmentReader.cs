using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>env_file</c> with <c>environment</c> over it, and <c>label_file</c> with <c>labels</c> over it.</summary>
internal static class EnvironmentReader
{
    public static ValueMap<Located<Text>> Read(MappingReader service, SpecReading reading)
    {
        var values = ReadFiles(service, "env_file", reading);
        var own = service.Take("environment") is { } node ? KeyValueReader.ReadEnvironment(node, service.PathOf("environment"), reading) : ValueMap<Located<Text>>.Empty;
        foreach (var (name, value) in own)
        {
            values[name] = value;
        }

        return values.ToValueMap();
    }

    public static ValueMap<Located<string>> ReadLabels(MappingReader service, SpecReading reading)
    {
        var values = new Dictionary<string, Located<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in ReadFiles(service, "label_file", reading))
        {
            if (value.Value.Secrets.Any())
            {
                reading.Diagnostics.Add(BindingDiagnostics.SecretNotHere(value.Span, name));
            }

            values[name] = new(value.Value.ToString(), value.Span);
        }

        foreach (var (name, value) in service.Pairs("labels", reading))
        {
            values[name] = value;
        }

        return values.ToValueMap();
    }

    private static Dictionary<string, Located<Text>> ReadFiles(MappingReader service, string key, SpecReading reading)
    {
        var values = new Dictionary<string, Located<Text>>(StringComparer.Ordinal);
        IReadOnlyList<YamlNode> items = service.Take(key) switch
        {
            null => [],
            YamlSequence sequence => sequence.Items,
            var single => [single],
        };
        for (var i = 0; i < items.Count; i++)
        {
            var place = $"{service.PathOf(key)}[{i}]";
            Located<string>? file = null;
            var (isRequired, isRaw) = (true, false);
            if (items[i] is YamlMapping)
            {
                var mapping = MappingReader.Of(items[i], place, reading.Diagnostics);
                file = mapping?.RequiredText("path", "the file");
                isRequired = mapping?.Bool("required")?.Value ?? true;
                isRaw = mapping?.Word("format", "raw") is not null;
                mapping?.FinishExceptExtensions();
            }
            else
            {
                file = YamlValue.Text(items[i], place, reading.Diagnostics);
            }

            if (file is { } written)
            {
                foreach (var (name, value) in reading.Files.ReadEnvironment(reading.Files.Resolve(written.Value, written.Span), reading.Variables, written.Span, isRequired, isRaw))
                {
                    values[name] = value;
                }
            }
        }

        return values;
    }
}
