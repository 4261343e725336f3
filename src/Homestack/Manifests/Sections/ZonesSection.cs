using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary><c>zones</c>: where a visitor comes from, each a block of addresses or several.</summary>
public static class ZonesSection
{
    public static readonly Shape<ValueMap<Located<ValueList<Located<Cidr>>>>> Shape = ShapeList.MapOf(NameRule.Label, ShapeList.ListOf(ShapeList.Cidr));
}
