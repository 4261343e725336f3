using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary><c>listen</c>: the ports that the home answers on.</summary>
public static class ListenSection
{
    private static readonly Field<int> Https = new("https", ShapeList.Port, "Port for HTTPS. Default 443 as root, else 8443.");

    private static readonly Field<int> Http = new("http", ShapeList.Port, "Port for HTTP, which only sends visitors on to HTTPS. Default 80 as root, else 8080.");

    private static readonly Field<int> Dns = new("dns", ShapeList.Port, "Port for DNS. Default 53 as root, else 5353.");

    public static readonly Shape<ListenSpec> Shape = new MappingShape<ListenSpec>(
        [Https, Http, Dns],
        fields => new() { Https = fields.Get(Https), Http = fields.Get(Http), Dns = fields.Get(Dns) })
    {
        Check = Check,
    };

    private static void Check(ListenSpec listen, SourceSpan span, string path, DiagnosticBag diagnostics)
    {
        var ports = new[] { listen.Https, listen.Http, listen.Dns }.OfType<Located<int>>().ToList();
        foreach (var (port, first) in ports.Select((port, i) => (port, ports.Take(i).Where(other => other.Value == port.Value).ToList())))
        {
            if (first.Count > 0)
            {
                diagnostics.Add(ManifestDiagnostics.DuplicateItem(port.ToString(), port.Span, first[0].Span));
            }
        }
    }
}
