using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary><c>portal</c>: the household's start page.</summary>
public static class PortalSection
{
    private static readonly Field<string> Title = new("title", ShapeList.Text, "Heading of the page. Default: the home's name.");

    private static readonly Field<string> Name = new("name", ShapeList.Name(NameRule.Label), "Name it answers at below the home's domain. Default home.");

    private static readonly Field<ValueList<Located<string>>> Groups = new("groups", ShapeList.ListOf(ShapeList.Text), "Headings in their order. Those not named here follow by name.");

    private static readonly Field<string> Url = new("url", ShapeList.Url("http", "https"), "Where it leads.") { IsRequired = true };

    private static readonly Field<string> Group = new("group", ShapeList.Text, "Heading it stands under.");

    private static readonly Field<string> LinkTitle = new("title", ShapeList.Text, "Name to show. Default: the key.");

    private static readonly Field<ValueMap<Located<LinkSpec>>> Links = new("links", ShapeList.MapOf(NameRule.Label, new MappingShape<LinkSpec>(
            [Url, Group, LinkTitle],
            fields => new(fields.Get(Url), fields.Get(Group), fields.Get(LinkTitle)))),
        "Tiles that lead out of the home, by name.");

    public static readonly Shape<PortalSpec> Shape = new MappingShape<PortalSpec>(
        [Title, Name, ExposureFields.Expose, Groups, Links],
        fields => new()
        {
            Title = fields.Get(Title), Name = fields.Get(Name), Expose = fields.Get(ExposureFields.Expose, []), Groups = fields.Get(Groups, []),
            Links = fields.Get(Links, ValueMap<Located<LinkSpec>>.Empty),
        });
}
