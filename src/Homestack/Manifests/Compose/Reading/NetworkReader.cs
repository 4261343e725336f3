using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads the top-level <c>networks</c>.</summary>
/// <remarks><para>Source: Compose Specification, "networks" top-level element.</para></remarks>
internal static class NetworkReader
{
    public static NetworkSpec Read(YamlScalar key, YamlNode node, string path, SpecReading reading)
    {
        var spec = new NetworkSpec { Key = new(key.Value, key.Span) };
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
            IsInternal = mapping.Bool("internal")?.Value ?? false,
            IsAttachable = mapping.Bool("attachable")?.Value ?? false,
            HasIpv6 = mapping.Bool("enable_ipv6")?.Value ?? false,
            Labels = mapping.Pairs("labels", reading),
        };
        if (mapping.Bool("enable_ipv4") is { Value: false } withoutIpv4)
        {
            reading.Diagnostics.Add(SpecDiagnostics.NotSupported("enable_ipv4: false", "Every network has IPv4.", withoutIpv4.Span, path));
        }

        if (mapping.Mapping("ipam") is { } ipam)
        {
            spec = ReadIpam(spec, ipam, reading);
        }

        mapping.FinishExceptExtensions();
        if (spec.IsExternal)
        {
            ExternalReader.RefuseDescription(mapping, ["driver", "driver_opts", "internal", "attachable", "enable_ipv6", "labels", "ipam"], reading);
        }

        return spec;
    }

    private static NetworkSpec ReadIpam(NetworkSpec spec, MappingReader ipam, SpecReading reading)
    {
        var pools = new List<AddressPoolSpec>();
        var driver = ipam.Plain("driver");
        var options = ipam.Pairs("options", reading);
        var items = ipam.Items("config") ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if (MappingReader.Of(items[i], $"{ipam.PathOf("config")}[{i}]", reading.Diagnostics) is { } pool)
            {
                pools.Add(new()
                {
                    Subnet = pool.Text("subnet"),
                    IpRange = pool.Text("ip_range"),
                    Gateway = pool.Text("gateway"),
                    AuxiliaryAddresses = pool.TextMap("aux_addresses") ?? ValueMap<Located<string>>.Empty,
                });
                pool.FinishExceptExtensions();
            }
        }

        ipam.FinishExceptExtensions();
        return spec with { IpamDriver = driver ?? "", IpamOptions = options, Pools = pools.ToValueList() };
    }
}
