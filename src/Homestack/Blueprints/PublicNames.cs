using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Blueprints;

/// <summary>Names in the public DNS that are kept at the home's changing address.</summary>
public sealed record PublicNames
{
    /// <summary>Who can be told of an address, by lego's name.</summary>
    public static readonly ValueList<string> Providers = ["cloudflare", "desec", "duckdns", "rfc2136"];

    /// <summary>Absolute, lower case; also <c>*.</c> first.</summary>
    public ValueList<string> Names { get; init; } = [];

    /// <summary>Who tells this home its public address.</summary>
    public ValueList<string> Ask { get; init; } = [];

    /// <summary>One of <see cref="Providers"/>.</summary>
    public string Provider { get; init; } = "";

    /// <summary>By lego's variable names; secrets by name.</summary>
    public ValueMap<Text> Credentials { get; init; } = ValueMap<Text>.Empty;
}
