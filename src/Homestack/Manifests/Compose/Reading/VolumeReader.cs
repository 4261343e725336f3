using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads the top-level <c>volumes</c>.</summary>
/// <remarks><para>Source: Compose Specification, "volumes" top-level element.</para></remarks>
internal static class VolumeReader
{
    public static VolumeSpec Read(YamlScalar key, YamlNode node, string path, SpecReading reading)
    {
        var spec = new VolumeSpec { Key = new(key.Value, key.Span) };
        if (node is YamlScalar { IsNull: true } || MappingReader.Of(node, path, reading.Diagnostics) is not { } mapping)
        {
            return spec;
        }

        var external = ExternalReader.Read(mapping, reading);
        spec = spec with
        {
            Name = mapping.Text("name") ?? external.Name,
            IsExternal = external.IsExternal,
            Driver = mapping.Plain("driver"),
            DriverOptions = mapping.Pairs("driver_opts", reading),
            Labels = mapping.Pairs("labels", reading),
        };
        mapping.FinishExceptExtensions();
        if (spec.IsExternal)
        {
            ExternalReader.RefuseDescription(mapping, ["driver", "driver_opts", "labels"], reading);
        }

        return spec;
    }
}
