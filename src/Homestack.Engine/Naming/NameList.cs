using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Homes;

namespace Homestack.Engine.Naming;

/// <summary>Every name that a home answers for, and where the manifest says so.</summary>
internal static class NameList
{
    public static ValueList<GivenName> Of(Blueprint blueprint) =>
    [
        .. Answer.Of(blueprint).Select(answer => Of(answer)),
        .. (blueprint.Names?.Records ?? ValueMap<ValueList<string>>.Empty).SelectMany(record => record.Value.Select(value => Of(record.Key, value, blueprint.Domain))),
    ];

    private static GivenName Of(Answer answer)
    {
        var label = answer.HostName[..answer.HostName.IndexOf('.', StringComparison.Ordinal)];
        return answer.Site is not { } site ? new(label, answer.HostName, answer.Name, answer.Port, answer.Zones, "stacks", CanBeTaken: false)
            : Uri.TryCreate(site.Proxy, UriKind.Absolute, out var proxy) ? new(label, answer.HostName, proxy.Host, proxy.Port, answer.Zones, "sites", CanBeTaken: true)
            : new(label, answer.HostName, site.Folder.Length > 0 ? site.Folder : site.Redirect, null, answer.Zones, "sites", CanBeTaken: false);
    }

    private static GivenName Of(string name, string value, string domain)
    {
        var isOwn = name.EndsWith("." + domain, StringComparison.Ordinal);
        return new(isOwn ? name[..^(domain.Length + 1)] : name, name, value, null, [], "dns.records", CanBeTaken: true);
    }
}
