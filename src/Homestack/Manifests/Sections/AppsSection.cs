using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Primitives;
using static Homestack.Manifests.Sections.ExposureFields;

namespace Homestack.Manifests.Sections;

/// <summary><c>apps</c>: applications from the catalog.</summary>
public static class AppsSection
{
    private static readonly Field<string> App = new("app", ShapeList.Name(NameRule.Label), "Its name in the catalog. Default: the key.");

    private static readonly Field<ValueMap<Located<string>>> Storage = new("storage", ShapeList.MapOf(NameRule.Label, ShapeList.AnyPath), "The application's names for its folders, each with a path on the host.");

    private static readonly Field<ValueMap<Located<Text>>> Environment = new("environment", ShapeList.MapOf(NameRule.Variable, CredentialShape.ByKey), "Environment variables; secrets as \"${secret:name}\".");

    public static readonly Shape<ValueMap<Located<AppSpec>>> Shape = new MapShape<AppSpec>(NameRule.Label, new MappingShape<AppSpec>(
        [App, Expose, SignIn, Tile, Storage, Environment, Host],
        fields => new()
        {
            App = fields.Get(App), Expose = fields.Get(Expose, []), SignIn = fields.Get(SignIn), Tile = fields.Get(Tile)?.Value, Host = fields.Get(Host),
            Storage = fields.Get(Storage, ValueMap<Located<string>>.Empty), Environment = fields.Get(Environment, ValueMap<Located<Text>>.Empty),
        }))
    {
        WhenEmpty = () => new(),
    };
}
