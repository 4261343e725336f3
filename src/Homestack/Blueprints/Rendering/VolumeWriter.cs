using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes the top-level <c>volumes</c>.</summary>
internal static class VolumeWriter
{
    public static MappingWriter Write(ValueMap<Volume> volumes, MappingWriter section, ComposeNames names)
    {
        foreach (var (key, volume) in volumes)
        {
            var mapping = section.Empty().Text("name", volume.EngineName);
            section.Mapping(names.Volume(key), volume.IsExternal
                ? mapping.Flag("external", true)
                : mapping.Text("driver", volume.Driver).TextMap("driver_opts", volume.DriverOptions).TextMap("labels", volume.Labels));
        }

        return section;
    }
}
