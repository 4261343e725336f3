using Homestack.Collections;
using Homestack.Manifests.Compose.Loading;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>networks</c> of a service: a list of keys, or a mapping from keys to settings.</summary>
internal static class AttachmentReader
{
    /// <returns>Null when nothing was said.</returns>
    public static ValueMap<AttachmentSpec>? Read(MappingReader service, SpecReading reading)
    {
        if (service.Take("networks") is not { } node)
        {
            return null;
        }

        var path = service.PathOf("networks");
        if (ListForms.Names(node, path) is not YamlMapping networks)
        {
            reading.Diagnostics.Add(BindingDiagnostics.Expected("a list of networks or a mapping", node, path));
            return null;
        }

        // An empty list says nothing, as in the reference: the default network applies.
        return networks.Entries.Count == 0 ? null
            : networks.Entries.ToValueMap(entry => entry.Key.Value, entry => ReadOne(entry, BindingDiagnostics.Join(path, entry.Key.Value), reading));
    }

    private static AttachmentSpec ReadOne(YamlEntry entry, string path, SpecReading reading)
    {
        var spec = new AttachmentSpec { Network = new(entry.Key.Value, entry.Key.Span) };
        if (entry.Value is YamlScalar { IsNull: true } || MappingReader.Of(entry.Value, path, reading.Diagnostics) is not { } mapping)
        {
            return spec;
        }

        spec = spec with
        {
            Aliases = mapping.Plains("aliases"),
            Ipv4Address = mapping.Text("ipv4_address"),
            Ipv6Address = mapping.Text("ipv6_address"),
            LinkLocalAddresses = mapping.Plains("link_local_ips"),
            MacAddress = mapping.Plain("mac_address"),
            DriverOptions = mapping.Pairs("driver_opts", reading),
            Priority = mapping.Int("priority", 0)?.Value ?? 0,
        };
        mapping.Refuse("interface_name", "Only Docker Engine 28 and newer can name interfaces.", reading);
        mapping.Refuse("gw_priority", "Use \"priority\": the network that is attached first gives the default route.", reading);
        mapping.FinishExceptExtensions();
        return spec;
    }
}
