using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using static Homestack.Manifests.Sections.ExposureFields;

namespace Homestack.Manifests.Sections;

/// <summary><c>sites</c>: folders, other web servers and redirects that get a name of their own.</summary>
public static class SitesSection
{
    private static readonly Field<string> Folder = new("folder", ShapeList.AnyPath, "Folder whose files are served.");

    private static readonly Field<string> Proxy = new("proxy", ShapeList.Url("http", "https"), "Web server that requests are passed to, such as a router's own pages.");

    private static readonly Field<string> Redirect = new("redirect", ShapeList.Url("http", "https"), "Where visitors are sent.");

    public static readonly Shape<ValueMap<Located<SiteSpec>>> Shape = ShapeList.MapOf(NameRule.Label, new MappingShape<SiteSpec>(
        [Folder, Proxy, Redirect, Expose, SignIn, Tile, .. RouteFields.All],
        fields => new()
        {
            Folder = fields.Get(Folder), Proxy = fields.Get(Proxy), Redirect = fields.Get(Redirect),
            Expose = fields.Get(Expose, []), SignIn = fields.Get(SignIn), Tile = fields.Get(Tile)?.Value, Route = RouteFields.Read(fields),
        })
    {
        Check = (site, span, path, diagnostics) =>
        {
            var count = new[] { site.Folder, site.Proxy, site.Redirect }.Count(value => value is not null);
            if (count != 1)
            {
                diagnostics.Add(ManifestDiagnostics.ExactlyOne("\"folder\", \"proxy\" and \"redirect\"", span, path));
            }
        },
    });
}
