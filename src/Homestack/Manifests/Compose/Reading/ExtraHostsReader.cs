using Homestack.Collections;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>extra_hosts</c>: a list of <c>name:address</c> or <c>name=address</c>, or a mapping from names to one or several addresses.</summary>
/// <remarks>Each becomes <c>name:address</c>, addresses without brackets. Adds HS1150.</remarks>
internal static class ExtraHostsReader
{
    public static ValueList<string> Read(MappingReader mapping, SpecReading reading)
    {
        if (mapping.Take("extra_hosts") is not { } node)
        {
            return [];
        }

        var path = mapping.PathOf("extra_hosts");
        var hosts = new List<string>();
        if (node is YamlMapping)
        {
            foreach (var (key, value, valuePath) in MappingReader.Of(node, path, reading.Diagnostics)?.TakeAll() ?? [])
            {
                if (value is YamlScalar { IsNull: true })
                {
                    // Joined from a list by "extends", where a name and its address are one text.
                    Add(hosts, key.Value, key, path, reading);
                    continue;
                }

                foreach (var address in YamlValue.TextOrList(value, valuePath, reading.Diagnostics) ?? [])
                {
                    Add(hosts, $"{key.Value}={address.Value}", new(key.Value, false, address.Span), path, reading);
                }
            }
        }
        else
        {
            foreach (var item in YamlValue.TextList(node, path, reading.Diagnostics) ?? [])
            {
                Add(hosts, item.Value, new(item.Value, false, item.Span), path, reading);
            }
        }

        return hosts.Distinct().ToValueList();
    }

    private static void Add(List<string> hosts, string written, YamlScalar place, string path, SpecReading reading)
    {
        var split = written.IndexOfAny(['=', ':']);
        if (split <= 0 || Bare(written[(split + 1)..].Trim()).Length == 0)
        {
            reading.Diagnostics.Add(SpecDiagnostics.Value(written, "a name, a colon and an address, such as \"host.docker.internal:host-gateway\"", place.Span, path));
            return;
        }

        hosts.Add($"{written[..split]}:{Bare(written[(split + 1)..].Trim())}");
    }

    private static string Bare(string address) => address.StartsWith('[') && address.EndsWith(']') ? address[1..^1] : address;
}
