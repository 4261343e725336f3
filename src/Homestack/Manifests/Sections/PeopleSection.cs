using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary><c>people</c>: who may sign in, with their role and groups. Passwords are set by the people themselves and never stand here.</summary>
public static class PeopleSection
{
    private static readonly Field<string> Role = new("role", ShapeList.Choice("admin", "member", "guest"), "admin may change the home, member uses it, guest sees only what is shared. Default member.");

    private static readonly Field<string> Name = new("name", ShapeList.Text, "Name to show. Default: the key.");

    private static readonly Field<string> Email = new("email", ShapeList.Checked(text => text.Length <= 254 && text.IndexOf('@', StringComparison.Ordinal) > 0 && !text.Any(char.IsWhiteSpace) ? text : null, "an e-mail address"),
        "E-mail address, handed to services at sign-in.");

    private static readonly Field<ValueList<Located<string>>> Groups = new("groups", ShapeList.ListOf(ShapeList.Name(NameRule.Label)), "Groups they belong to.");

    public static readonly Shape<ValueMap<Located<PersonSpec>>> Shape = new MapShape<PersonSpec>(NameRule.Person, new MappingShape<PersonSpec>(
        [Role, Name, Email, Groups],
        fields => new() { Role = fields.Get(Role), Name = fields.Get(Name), Email = fields.Get(Email), Groups = fields.Get(Groups, []) }))
    {
        WhenEmpty = () => new(),
    };
}
