using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary><c>tile</c>: how a thing is shown on the portal.</summary>
public static class TileSection
{
    private static readonly Field<string> Group = new("group", ShapeList.Text, "Heading it stands under. Default: none.");

    private static readonly Field<string> Title = new("title", ShapeList.Text, "Name to show. Default: the key.");

    public static readonly Shape<TileSpec> Shape = new MappingShape<TileSpec>([Group, Title], fields => new(fields.Get(Group), fields.Get(Title)));
}

/// <summary>How a thing is shown on the portal, as written under <c>tile</c>.</summary>
public sealed record TileSpec(Located<string>? Group, Located<string>? Title);
