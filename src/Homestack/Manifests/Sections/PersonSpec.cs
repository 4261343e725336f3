using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>Someone who lives here or visits, as written under <c>people</c>.</summary>
public sealed record PersonSpec
{
    /// <summary><c>admin</c>, <c>member</c> or <c>guest</c>. Default <c>member</c>.</summary>
    public Located<string>? Role { get; init; }

    /// <summary>Name to show. Default: the key.</summary>
    public Located<string>? Name { get; init; }

    public Located<string>? Email { get; init; }

    /// <summary>Groups they belong to, without order.</summary>
    public ValueList<Located<string>> Groups { get; init; } = [];
}
