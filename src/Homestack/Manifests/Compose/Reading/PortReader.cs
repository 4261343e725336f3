using System.Globalization;
using System.Net;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads <c>ports</c> in both syntaxes. Ranges on both sides become one entry for each pair; the same entry twice counts once.</summary>
/// <remarks>Adds HS1145 and HS1190. <para>Source: Compose Specification, "ports"; docker/go-connections <c>nat.ParsePortSpec</c>.</para></remarks>
internal static class PortReader
{
    private static readonly string[] Protocols = ["tcp", "udp", "sctp"];

    public static ValueList<PortSpec> Read(MappingReader service, SpecReading reading)
    {
        var ports = new List<PortSpec>();
        var items = service.Items("ports") ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            var path = $"{service.PathOf("ports")}[{i}]";
            if (items[i] is YamlMapping)
            {
                ports.AddRange(ReadLong(items[i], path, reading));
            }
            else if (YamlValue.Text(items[i], path, reading.Diagnostics) is { } text)
            {
                ports.AddRange(ReadShort(text, path, reading));
            }
        }

        return ports.Distinct().ToValueList();
    }

    private static IEnumerable<PortSpec> ReadShort(Located<string> text, string path, SpecReading reading)
    {
        var written = text.Value.Trim();
        var slash = written.IndexOf('/', StringComparison.Ordinal);
        var protocol = slash < 0 ? "tcp" : written[(slash + 1)..].ToLowerInvariant();
        var rest = slash < 0 ? written : written[..slash];
        var container = rest[(rest.LastIndexOf(':') + 1)..];
        rest = rest.Length > container.Length ? rest[..^(container.Length + 1)] : "";
        var host = rest.EndsWith(']') ? "" : rest[(rest.LastIndexOf(':') + 1)..];
        var address = rest.Length > host.Length && !rest.EndsWith(']') ? rest[..^(host.Length + 1)] : rest.EndsWith(']') ? rest : "";
        return Make(text, container, host, address, protocol, path, reading);
    }

    private static IEnumerable<PortSpec> ReadLong(YamlNode node, string path, SpecReading reading)
    {
        if (MappingReader.Of(node, path, reading.Diagnostics) is not { } mapping)
        {
            return [];
        }

        var target = mapping.RequiredText("target", "the port in the container");
        var published = mapping.Text("published");
        var address = mapping.Text("host_ip");
        var protocol = mapping.Text("protocol");
        mapping.Word("mode", "host", "ingress");
        mapping.Take("name");
        mapping.Take("app_protocol");
        mapping.FinishExceptExtensions();
        return target is not { } found ? []
            : Make(new(found.Value, node.Span), found.Value, published?.Value ?? "", address?.Value ?? "", protocol?.Value.ToLowerInvariant() ?? "tcp", path, reading);
    }

    private static IEnumerable<PortSpec> Make(Located<string> written, string container, string host, string address, string protocol, string path, SpecReading reading)
    {
        if (address.StartsWith('[') && address.EndsWith(']'))
        {
            address = address[1..^1];
        }

        var words = !Protocols.Contains(protocol) ? $"\"{protocol}\" is not tcp, udp or sctp."
            : address.Length > 0 && !IPAddress.TryParse(address, out _) ? $"\"{address}\" is not an address."
            : Range(container) is null ? $"\"{container}\" is not a port in the container, 1 to 65535."
            : host.Length > 0 && Range(host) is null ? $"\"{host}\" is not a port on the host, 1 to 65535."
            : null;
        if (words is null && Range(container) is { } targets)
        {
            var published = host.Length == 0 ? (First: 0, Last: 0) : Range(host).GetValueOrDefault();
            var count = targets.Last - targets.First;
            if (!reading.TakePorts(count + 1))
            {
                reading.Diagnostics.Add(SpecDiagnostics.TooManyPorts(SpecReading.MostPorts, written.Span, path));
                return [];
            }

            var made = new PortSpec { Target = targets.First, HostAddress = address, Protocol = protocol, Span = written.Span };
            if (published.First == 0)
            {
                return Enumerable.Range(0, count + 1).Select(step => made with { Target = targets.First + step });
            }

            if (count == 0)
            {
                return [made with { Published = published.First, PublishedEnd = published.Last }];
            }

            if (published.Last - published.First == count)
            {
                return Enumerable.Range(0, count + 1).Select(step =>
                    made with { Target = targets.First + step, Published = published.First + step, PublishedEnd = published.First + step });
            }

            words = $"the ranges {host} and {container} are not equally long.";
        }

        reading.Diagnostics.Add(SpecDiagnostics.Port(written.Value, words ?? "", written.Span, path));
        return [];
    }

    private static (int First, int Last)? Range(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = Port(dash < 0 ? text : text[..dash]);
        var last = dash < 0 ? first : Port(text[(dash + 1)..]);
        return first > 0 && last >= first ? (first, last) : null;
    }

    private static int Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : 0;
}
