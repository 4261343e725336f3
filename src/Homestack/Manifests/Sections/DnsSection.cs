using System.Net;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Sections;

/// <summary><c>dns</c>: resolvers, blocklists and records of the home's own.</summary>
public static class DnsSection
{
    private static readonly string[] Schemes = ["udp", "tcp", "tls", "https"];

    private static readonly Shape<string> Resolver = ShapeList.Checked(text => IsResolver(text) ? text : null, "an address, or udp://, tcp://, tls:// or https:// with one, such as tls://9.9.9.9");

    private static readonly Field<ValueList<Located<string>>> Upstreams = new("upstreams", ShapeList.ListOf(Resolver), "Resolvers to ask, in order. Default: none, and names that are not the home's are refused.");

    private static readonly Shape<string> ListSource = ShapeList.Checked(
        text => text.StartsWith("https://", StringComparison.Ordinal) ? (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 ? text : null)
            : text.Length == 0 || text.Any(char.IsControl) || text.Contains("://", StringComparison.Ordinal) || text.StartsWith('/') || text.Split('/').Contains("..") ? null : text,
        "a file inside the home's folder, or an https:// address");

    private static readonly Field<string> List = new("list", ListSource, "A file in this folder or an https:// address, in hosts, domain or adblock form.") { IsRequired = true };

    private static readonly Field<ValueList<Located<string>>> ListZones = new("zones", ShapeList.ListOf(ShapeList.Text), "Only for clients in these zones. Default: everybody.");

    private static readonly Field<ValueList<Located<IPAddress>>> ListClients = new("clients", ShapeList.ListOf(ShapeList.Address), "Only for clients at these addresses, besides those of the zones. Default: everybody.");

    private static readonly Shape<BlocklistSpec> LongBlocklist = new MappingShape<BlocklistSpec>(
        [List, ListZones, ListClients],
        fields => new(fields.Get(List)) { Zones = fields.Get(ListZones, []), Clients = fields.Get(ListClients, []) });

    private static readonly Field<ValueList<Located<BlocklistSpec>>> Blocklists = new(
        "blocklists",
        ShapeList.ListOf(new EitherShape<BlocklistSpec>(node => node is not YamlMapping, new MappedShape<string, BlocklistSpec>(ListSource, list => new(list)), LongBlocklist)),
        "Lists of names that are not answered, in hosts, domain or adblock form: files in this folder or https:// addresses, which are fetched each day.");

    private static readonly Field<ValueList<Located<string>>> Allow = new("allow", ShapeList.ListOf(ShapeList.Name(NameRule.Record)), "Names that are answered even when a list blocks them.");

    private static readonly Field<ValueMap<Located<ValueList<Located<string>>>>> Records = new("records", ShapeList.MapOf(NameRule.Record, ShapeList.ListOf(ShapeList.Host)),
        "Names of your own: each with one or more addresses, or one other name. A name without a dot is below the home's domain.");

    private static readonly Field<ValueMap<Located<string>>> Forward = new("forward", ShapeList.MapOf(NameRule.Record, Resolver), "Domains that another resolver answers for, such as a company's.");

    private static readonly Field<PublicNamesSpec> Public = new("public", PublicNamesSection.Shape, "Names in the public DNS that are kept at this home's changing address. Who runs it, and the credentials, stand under certificates.");

    private static readonly Field<string> Log = new("log", ShapeList.Choice("off", "anonymous", "full"), "What is kept of the last questions: nothing, all but who asked, or everything. Default: anonymous.");

    private static readonly Field<ValueList<Located<string>>> Encrypted = new("encrypted", ShapeList.ListOf(ShapeList.Text), "Zones whose devices may ask encrypted, at dns below the home's domain: over TLS on port 853, and over HTTPS at /dns-query. Default: none.");

    public static readonly Shape<DnsSpec> Shape = new MappingShape<DnsSpec>(
        [Upstreams, Blocklists, Allow, Records, Forward, Public, Log, Encrypted],
        fields => new()
        {
            Upstreams = fields.Get(Upstreams, []), Blocklists = fields.Get(Blocklists, []), Allow = fields.Get(Allow, []),
            Records = fields.Get(Records, ValueMap<Located<ValueList<Located<string>>>>.Empty), Forward = fields.Get(Forward, ValueMap<Located<string>>.Empty),
            Public = fields.Get(Public), Log = fields.Get(Log), Encrypted = fields.Get(Encrypted),
        })
    {
        Check = Check,
    };

    private static void Check(DnsSpec dns, SourceSpan span, string path, DiagnosticBag diagnostics)
    {
        foreach (var values in dns.Records.Values.Select(record => record.Value))
        {
            // RFC 1034 §3.6.2: an alias stands alone.
            if (values.Count > 1 && values.FirstOrDefault(value => !IPAddress.TryParse(value.Value, out _)) is { Value: not null } alias)
            {
                diagnostics.Add(ManifestDiagnostics.ExactlyOne("one other name, or addresses only", alias.Span, path));
            }
        }
    }

    private static bool IsResolver(string text) =>
        IPAddress.TryParse(text, out _)
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme) && uri.Host.Length > 0 && uri.UserInfo.Length == 0
            && (uri.Scheme == "https" || (uri.PathAndQuery is "" or "/" && uri.Fragment.Length == 0)));
}
