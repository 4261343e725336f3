using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>From what the home wants to what the watch does.</summary>
internal static class PublicNamesWishes
{
    /// <summary>Null when nothing is wanted.</summary>
    /// <param name="blueprint">The home as it was applied last; null before the first time.</param>
    /// <param name="secret">A secret's value; null when it is not there.</param>
    /// <exception cref="MachineException">A secret is not there.</exception>
    public static PublicNamesWish? Of(Blueprint? blueprint, Func<string, string?> secret)
    {
        if (blueprint?.Names?.Public is not { } wanted)
        {
            return null;
        }

        var credentials = wanted.Credentials.ToValueMap(variable => variable.Key, variable => variable.Value.Reveal(name => secret(name) ?? throw new MachineException("public names", $"The secret \"{name}\" is not there.", $"homestack secret set {name}")));
        return new(wanted.Names, wanted.Ask.Select(whom => new Uri(whom)).ToValueList(), new(wanted.Provider, credentials));
    }

    public static IPublicDns Open(PublicNamesWish wish, WebQuestion http) => wish.Credentials.Provider switch
    {
        "cloudflare" => new CloudflareDns(http, wish.Credentials, CloudflareDns.Usual),
        "desec" => new DeSecDns(http, wish.Credentials, DeSecDns.Usual),
        "duckdns" => new DuckDns(http, wish.Credentials, DuckDns.Usual),
        "rfc2136" => new Rfc2136Dns(new CommandRunner(), wish.Credentials),
        var other => throw new MachineException("public names", $"Nobody here knows how to tell {other} of an address.", $"Known: {string.Join(", ", Blueprints.PublicNames.Providers)}."),
    };
}
