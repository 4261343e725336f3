using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes <c>x-homestack</c>: what only we understand. Other programs pass over it.</summary>
internal static class ExtensionWriter
{
    public static MappingWriter Write(Service service, MappingWriter mapping, ComposeText text)
    {
        var exposure = service.Exposure;
        return mapping
            .Text("host", service.Host == Host.Local ? null : service.Host)
            .Number("port", (long?)exposure.Port)
            .Texts("expose", exposure.Zones)
            .Text("sign-in", exposure.SignIn switch { SignIn.Homestack => "homestack", SignIn.App => "app", _ => null })
            .Mapping("tile", mapping.Empty().Text("group", exposure.TileGroup).Text("title", exposure.TileTitle))
            .Text("publish", exposure.PublishesByEngine ? "engine" : null)
            .TextMap("secrets", service.Container.Environment.Where(variable => text.StaysNamed(variable.Value)).ToValueMap(variable => variable.Key, variable => variable.Value.Secrets.First()))
            .Text("adopt", service.Adopt)
            .Duration("sleep", exposure.Sleep)
            .Text("name", exposure.Route?.Name)
            .Text("path", exposure.Route?.Path)
            .Flag("strip", exposure.Route?.Strips ?? false)
            .TextMap("redirects", exposure.Route?.Redirects ?? ValueMap<string>.Empty)
            .Flag("maintenance", exposure.Route?.IsInMaintenance ?? false)
            .Text("protocol", exposure.Route is { SpeaksHttp2: true } ? "h2c" : null)
            .Mapping("limits", Limits(exposure.Route?.Limits ?? new(), mapping.Empty()));
    }

    private static MappingWriter Limits(RouteLimits limits, MappingWriter mapping) =>
        mapping.Text("requests", limits.Requests?.ToString()).Bytes("body", limits.Body).Bytes("headers", limits.Headers).Bytes("slowest", limits.Slowest);
}
