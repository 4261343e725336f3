using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary>The keys that say who may reach a thing and where it runs; the same wherever they stand.</summary>
internal static class ExposureFields
{
    public static readonly Field<ValueList<Located<string>>> Expose = new("expose", ShapeList.ListOf(ShapeList.Name(NameRule.Label)), "Zones from which it may be reached. Default: none.");

    public static readonly Field<string> SignIn = new("sign-in", ShapeList.Choice("none", "homestack", "app"), "none; homestack: the home asks who is there first; app: the application asks, through the home. Default none.");

    public static readonly Field<TileSpec> Tile = new("tile", TileSection.Shape, "How it is shown on the portal.");

    public static readonly Field<string> Host = new("host", ShapeList.Name(NameRule.Label), "Host that it runs on. Default: this machine.");
}
