using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads the finished tree of a stack.</summary>
/// <remarks>Adds HS1148, HS1149, HS1155 and what the readers of the sections add.</remarks>
internal static class StackReader
{
    private static readonly string[] Known = ["version", "name", "services", "networks", "volumes", "secrets", "configs", "models", "include", "x-homestack"];

    /// <param name="root">The tree.</param>
    /// <param name="stack">Name, file and what was left out; the rest is filled in.</param>
    /// <param name="reading">What readers share.</param>
    public static StackSpec? Read(YamlMapping root, StackSpec stack, SpecReading reading)
    {
        if (MappingReader.Of(root, "", reading.Diagnostics) is not { } mapping)
        {
            return null;
        }

        mapping.Take("version");
        var projectName = mapping.Text("name");
        mapping.Refuse("models", "Run the model as a service of its own.", reading);
        var services = Section(mapping, "services", "service", reading, ServiceReader.Read);
        if (!mapping.Has("services") && mapping.Has("version") is false && root.Entries.Any(entry => (entry.Value as YamlMapping)?.Find("image") is not null))
        {
            var first = root.Entries.First(entry => !Known.Contains(entry.Key.Value));
            reading.Diagnostics.Add(SpecDiagnostics.FormatOne(first.Key.Span, first.Key.Value));
            return null;
        }

        if (services.Count == 0 && stack.InactiveServices.Count == 0 && !mapping.Has("services"))
        {
            reading.Diagnostics.Add(SpecDiagnostics.NoServices(root.Span));
        }

        var spec = stack with
        {
            ProjectName = projectName,
            Services = services,
            Networks = Section(mapping, "networks", "network", reading, (key, node, path, desk) => NetworkReader.Read(key, node, path, desk)),
            Volumes = Section(mapping, "volumes", "volume", reading, (key, node, path, desk) => VolumeReader.Read(key, node, path, desk)),
            Secrets = Section(mapping, "secrets", "secret", reading, (key, node, path, desk) => FileReader.Read("secret", key, node, path, desk)),
            Configs = Section(mapping, "configs", "config", reading, (key, node, path, desk) => FileReader.Read("config", key, node, path, desk)),
        };
        if (mapping.Mapping("x-homestack") is { } extension)
        {
            spec = spec with { Host = extension.Text("host") };
            extension.Finish();
        }

        mapping.FinishExceptExtensions();
        return spec;
    }

    private static ValueMap<TSpec> Section<TSpec>(MappingReader root, string section, string what, SpecReading reading, Func<YamlScalar, YamlNode, string, SpecReading, TSpec?> read)
        where TSpec : class
    {
        if (root.Mapping(section) is not { } mapping)
        {
            return ValueMap<TSpec>.Empty;
        }

        var specs = new List<KeyValuePair<string, TSpec>>();
        foreach (var (key, node, path) in mapping.TakeAll())
        {
            if (key.Value.StartsWith("x-", StringComparison.Ordinal) && node is not YamlMapping)
            {
                continue;
            }

            if (key.Value.Length is 0 or > 128 || key.Value.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-')))
            {
                reading.Diagnostics.Add(SpecDiagnostics.BadName(what, key, path));
            }
            else if (read(key, node, path, reading) is { } spec)
            {
                specs.Add(new(key.Value, spec));
            }
        }

        return specs.ToValueMap();
    }
}
