using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary><c>monitors</c>: things outside the home's own services that are checked from time to time.</summary>
public static class MonitorsSection
{
    private static readonly Field<string> Url = new("url", ShapeList.Url("http", "https"), "Web page that must answer.");

    private static readonly Field<string> Tcp = new("tcp", ShapeList.Endpoint, "Port that must accept a connection, host:port.");

    private static readonly Field<string> Ping = new("ping", ShapeList.Host, "Machine that must answer a ping.");

    private static readonly Field<TimeSpan> Every = new("every", ShapeList.Between(TimeSpan.FromSeconds(5), TimeSpan.FromDays(1), "5s to 1d"), "How often. Default 60s.");

    private static readonly Field<TimeSpan> Timeout = new("timeout", ShapeList.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5), "100ms to 5m"), "How long to wait for an answer. Default 10s.");

    private static readonly Field<ValueList<Located<int>>> Expect = new("expect", ShapeList.ListOf(ShapeList.Int(100, 599)), "Status codes that count as well, for url. Default: 200 to 399.");

    public static readonly Shape<ValueMap<Located<MonitorSpec>>> Shape = ShapeList.MapOf(NameRule.Label, new MappingShape<MonitorSpec>(
        [Url, Tcp, Ping, Every, Timeout, Expect],
        fields => new()
        {
            Url = fields.Get(Url), Tcp = fields.Get(Tcp), Ping = fields.Get(Ping), Every = fields.Get(Every), Timeout = fields.Get(Timeout), Expect = fields.Get(Expect, []),
        })
    {
        Check = Check,
    });

    private static void Check(MonitorSpec monitor, SourceSpan span, string path, DiagnosticBag diagnostics)
    {
        if (new[] { monitor.Url, monitor.Tcp, monitor.Ping }.Count(value => value is not null) != 1)
        {
            diagnostics.Add(ManifestDiagnostics.ExactlyOne("\"url\", \"tcp\" and \"ping\"", span, path));
        }

        if (monitor.Expect.Count > 0 && monitor.Url is null)
        {
            diagnostics.Add(ManifestDiagnostics.KeyNeedsKey("expect", "url", "only web pages answer with a status code", monitor.Expect[0].Span, path));
        }
    }
}
