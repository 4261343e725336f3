using Homestack.Collections;
using Homestack.Manifests.Sections;
using Homestack.Primitives;

namespace Homestack.Blueprints;

/// <summary>Resolves what the manifest says of visitors, ports, names and sites. Pure.</summary>
internal static class SurroundingsBuilder
{
    public static ValueMap<ValueList<Cidr>> Zones(HomeSpec home) => home.Zones.ToValueMap(zone => zone.Key, zone => zone.Value.Value.Select(block => block.Value)
        .OrderBy(block => block.ToString(), StringComparer.Ordinal).ToValueList());

    public static ListenPorts Listen(HomeSpec home) => home.Listen is { Value: var listen } ? new(listen.Https?.Value, listen.Http?.Value, listen.Dns?.Value) : new();

    public static ValueMap<Site> Sites(HomeSpec home, string folder) => home.Sites.ToValueMap(site => site.Key, site => new Site
    {
        Folder = site.Value.Value.Folder is { } files ? Path.GetFullPath(files.Value, folder) : "",
        Proxy = site.Value.Value.Proxy?.Value ?? "",
        Redirect = site.Value.Value.Redirect?.Value ?? "",
        Zones = site.Value.Value.Expose.Select(zone => zone.Value).Distinct().Order(StringComparer.Ordinal).ToValueList(),
        SignIn = site.Value.Value.SignIn?.Value switch { "homestack" => SignIn.Homestack, "app" => SignIn.App, _ => SignIn.None },
        Route = RouteSettingsBuilder.Build(site.Value.Value.Route),
        Place = site.Value.Span.Source.Path,
    });

    /// <summary>Null when the manifest says nothing of names.</summary>
    public static NameSettings? Names(HomeSpec home, string folder, string domain) => home.Dns is not { Value: var dns } ? null : new()
    {
        Upstreams = dns.Upstreams.Select(upstream => upstream.Value).ToValueList(),
        Records = dns.Records.ToValueMap(record => Absolute(record.Key, domain), record => record.Value.Value.Select(value => value.Value).ToValueList()),
        Forward = dns.Forward.ToValueMap(rule => rule.Key.ToLowerInvariant().TrimEnd('.'), rule => rule.Value.Value),
        Allow = dns.Allow.Select(name => name.Value.ToLowerInvariant()).Order(StringComparer.Ordinal).ToValueList(),
        Public = dns.Public is { Value: var kept } ? Public(kept, home.Certificates?.Value, domain) : null,
        Encrypted = (dns.Encrypted?.Value ?? []).Select(zone => zone.Value).Distinct().Order(StringComparer.Ordinal).ToValueList(),
        Log = dns.Log?.Value ?? "anonymous",
        Blocklists = [.. dns.Blocklists.Select(list => list.Value).Where(list => list.List is not null).Select(list => new Blocklist(
            Source(list.List?.Value ?? "", folder),
            list.Zones.Select(zone => zone.Value).Distinct().Order(StringComparer.Ordinal).ToValueList(),
            list.Clients.Select(client => client.Value.ToString()).Distinct().Order(StringComparer.Ordinal).ToValueList()))],
    };

    private static PublicNames Public(PublicNamesSpec kept, CertificatesSpec? provider, string domain) => new()
    {
        Names = kept.Names.Count > 0 ? kept.Names.Select(name => Absolute(name.Value, domain)).Distinct().ToValueList() : [domain, "*." + domain],
        Ask = kept.Ask.Count > 0 ? kept.Ask.Select(whom => whom.Value).Distinct().ToValueList() : ["https://api.ipify.org"],
        Provider = provider?.Provider?.Value ?? "",
        Credentials = provider?.Credentials.ToValueMap(variable => variable.Key, variable => variable.Value.Value) ?? ValueMap<Text>.Empty,
    };

    private static string Source(string list, string folder) => list.StartsWith("https://", StringComparison.Ordinal) ? list : Path.GetFullPath(list, folder);

    private static string Absolute(string name, string domain) => name.Contains('.', StringComparison.Ordinal) ? name.ToLowerInvariant().TrimEnd('.') : $"{name.ToLowerInvariant()}.{domain}";
}
