using Homestack.Collections;
using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>Names in the public DNS, as written under <c>dns.public</c>. Who runs it, and the credentials, stand under <c>certificates</c>.</summary>
public sealed record PublicNamesSpec
{
    /// <summary>Empty: the home's domain, and all names below it.</summary>
    public ValueList<Located<string>> Names { get; init; } = [];

    /// <summary>Addresses to ask for our own; empty: the usual one.</summary>
    public ValueList<Located<string>> Ask { get; init; } = [];
}
