using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads secrets and configs: at the top level where they come from, in a service where they go.</summary>
/// <remarks>Adds HS1151, HS1152. <para>Source: Compose Specification, "configs" and "secrets".</para></remarks>
internal static class FileReader
{
    /// <param name="what">"secret" or "config".</param>
    /// <param name="key">Its name.</param>
    /// <param name="node">Its value.</param>
    /// <param name="path">Its place.</param>
    /// <param name="reading">What readers share.</param>
    public static FileSpec? Read(string what, YamlScalar key, YamlNode node, string path, SpecReading reading)
    {
        if (MappingReader.Of(node, path, reading.Diagnostics) is not { } mapping)
        {
            return null;
        }

        var external = ExternalReader.Read(mapping, reading);
        var name = mapping.Text("name") ?? external.Name;
        var file = mapping.Text("file");
        var variable = mapping.Text("environment");
        var content = ReadContent(mapping, reading);
        mapping.Ignore("labels", "Nothing carries them on a single engine.", reading);
        mapping.Refuse("driver", "Only Swarm has drivers for secrets.", reading);
        mapping.Refuse("driver_opts", "Only Swarm has drivers for secrets.", reading);
        mapping.Refuse("template_driver", "Only Swarm fills in templates.", reading);
        mapping.FinishExceptExtensions();
        if (variable is { } asked && !reading.Variables.TryGet(asked.Value, out _))
        {
            reading.Diagnostics.Add(SpecDiagnostics.FileVariable(asked.Value, asked.Span, path));
            return null;
        }

        var located = new Located<string>(key.Value, key.Span);
        if ((file is null ? 0 : 1) + (variable is null ? 0 : 1) + (content is null ? 0 : 1) + (external.IsExternal ? 1 : 0) != 1)
        {
            reading.Diagnostics.Add(SpecDiagnostics.FileSource(what, located, path));
            return null;
        }

        return new()
        {
            Name = located,
            File = file is { } from ? new(reading.Files.Resolve(from.Value, from.Span), from.Span) : null,
            Variable = variable,
            Content = content,
            External = external.IsExternal ? name ?? located : null,
        };
    }

    public static ValueList<FileMountSpec> ReadUses(MappingReader service, string key, SpecReading reading)
    {
        var uses = new List<FileMountSpec>();
        var items = service.Items(key) ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            var path = $"{service.PathOf(key)}[{i}]";
            if (items[i] is YamlMapping)
            {
                if (MappingReader.Of(items[i], path, reading.Diagnostics) is not { } mapping)
                {
                    continue;
                }

                var source = mapping.RequiredText("source", "which one is meant");
                var use = new FileMountSpec
                {
                    Source = source ?? default,
                    Target = mapping.Plain("target") ?? "",
                    UserId = mapping.Int("uid", 0)?.Value,
                    GroupId = mapping.Int("gid", 0)?.Value,
                    Mode = mapping.Mode("mode", reading),
                };
                mapping.FinishExceptExtensions();
                if (source is not null)
                {
                    uses.Add(use);
                }
            }
            else if (YamlValue.Text(items[i], path, reading.Diagnostics) is { } text)
            {
                uses.Add(new() { Source = text });
            }
        }

        return uses.ToValueList();
    }

    private static Located<Text>? ReadContent(MappingReader mapping, SpecReading reading) => mapping.Take("content") switch
    {
        null => null,
        YamlScalar { Secrets: { } secrets } scalar => new(secrets, scalar.Span),
        var node => YamlValue.Text(node, mapping.PathOf("content"), reading.Diagnostics) is { } text ? new(Text.Literal(text.Value), text.Span) : null,
    };
}
