using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary><c>dns.public</c>: names in the public DNS that are kept at the home's changing address.</summary>
public static class PublicNamesSection
{
    private static readonly Field<ValueList<Located<string>>> Names = new("names", ShapeList.ListOf(ShapeList.Name(NameRule.Record)),
        "Names that shall lead here. Default: the domain, and every name below it.");

    private static readonly Field<ValueList<Located<string>>> Ask = new("ask", ShapeList.ListOf(ShapeList.Url("http", "https")),
        "Who tells this home its public address: each answers with an address and nothing else. Default: https://api.ipify.org");

    public static readonly Shape<PublicNamesSpec> Shape = new MappingShape<PublicNamesSpec>([Names, Ask], fields => new() { Names = fields.Get(Names, []), Ask = fields.Get(Ask, []) });
}
