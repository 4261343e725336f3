using System.Net;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Blueprints;

/// <summary>HS2200 to HS2399: parts of the home that do not fit together.</summary>
public static class HomeDiagnostics
{
    public static Diagnostic UnknownZone(Located<string> zone, IReadOnlyCollection<string> known) =>
        Error("HS2200", "Unknown zone", $"No zone is named \"{Shown(zone.Value)}\".{Near(zone.Value, known)} Zones stand under \"zones:\" in homestack.yaml; \"public\" is everywhere else.", zone.Span);

    /// <param name="provider">What stands under certificates; null for nothing.</param>
    /// <param name="asked">Where the names are asked for.</param>
    /// <param name="known">Who can be told.</param>
    public static Diagnostic NoPublicDns(Located<string>? provider, SourceSpan asked, IReadOnlyCollection<string> known) => Error("HS2230", "Public DNS that cannot be told", provider is { } named
            ? $"Nobody here knows how to tell {Shown(named.Value)} of a new address.{Near(named.Value, known)} Known: {string.Join(", ", known)}. Take \"dns.public\" away, or use one of these."
            : $"The public DNS is told of this home's address through whoever runs it, and nobody is named. Write \"certificates: {{ provider: NAME, credentials: … }}\" with one of: {string.Join(", ", known)}.", provider?.Span ?? asked);

    public static Diagnostic ZonesOverlap(string zone, Located<Cidr> block, string otherZone, Located<Cidr> other) =>
        Error("HS2201", "Zones overlap", zone == otherZone
                ? $"{block.Value} and {other.Value} in zone \"{zone}\" share addresses. Remove the smaller one."
                : $"{block.Value} in \"{zone}\" and {other.Value} in \"{otherZone}\" share addresses, so a visitor from there would be in two zones. Make one of them smaller.", block.Span)
            with { Related = [new(other.Span, "overlaps with this")] };

    public static Diagnostic ReservedZone(string name, SourceSpan span) =>
        Error("HS2202", "Zone name is taken", $"\"{name}\" always means everywhere that is in no zone, so it cannot be given addresses. Choose another name.", span);

    public static Diagnostic UnknownHost(Located<string> host, IReadOnlyCollection<string> known) =>
        Error("HS2203", "Unknown host", $"No host is named \"{Shown(host.Value)}\".{Near(host.Value, known)} Hosts stand under \"hosts:\" in homestack.yaml.", host.Span);

    public static Diagnostic UnknownPerson(Located<string> person, IReadOnlyCollection<string> known) =>
        Error("HS2204", "Unknown person", $"Nobody is named \"{Shown(person.Value)}\".{Near(person.Value, known)} People stand under \"people:\" in homestack.yaml.", person.Span);

    public static Diagnostic UnknownService(Located<string> service, IReadOnlyCollection<string> known) =>
        Error("HS2205", "Unknown service of the home", $"Nothing in the home is named \"{Shown(service.Value)}\".{Near(service.Value, known)}", service.Span);

    public static Diagnostic SameStackName(Located<string> name, Located<string> other) =>
        Error("HS2206", "Two stacks with one name", $"\"{name.Value}\" stands for two stacks, and everything made for them would have the same names. Name one of them yourself: \"stacks: {{ othername: path }}\".", name.Span)
            with { Related = [new(other.Span, "the other one")] };

    public static Diagnostic SameName(string name, string what, SourceSpan span, string otherWhat, SourceSpan other) =>
        Error("HS2207", "Two things answer at one name", $"The {what} and the {otherWhat} \"{Shown(name)}\" would both answer at \"{Shown(name)}\" below the home's domain. Rename one of them, or let only one be reachable.", span)
            with { Related = [new(other, $"the {otherWhat}")] };

    public static Diagnostic PortTwice(PublishedPort port, string service, SourceSpan? span, string otherService, SourceSpan? other, string host)
    {
        var where = host == Host.Local ? "" : $" of host \"{host}\"";
        var diagnostic = Error("HS2208", "Port published twice", $"Port {port.HostPort}/{port.Protocol}{where} is asked for by \"{service}\" and by \"{otherService}\"; only one can have it. Change the first number of one of them.", span);
        return other is { } place ? diagnostic with { Related = [new(place, $"also asked for by {otherService}")] } : diagnostic;
    }

    public static Diagnostic PortOfTheHome(PublishedPort port, string service, SourceSpan? span, string key, SourceSpan listen) =>
        Error("HS2209", "Port belongs to the home", $"\"{service}\" publishes port {port.HostPort}/{port.Protocol}, which the home itself listens on (\"listen.{key}\"). Publish another one.", span)
            with { Related = [new(listen, "the home listens here")] };

    public static Diagnostic NameIsNoLabel(string service, SourceSpan? span) =>
        Error("HS2210", "Name cannot be part of an address", $"\"{Shown(service)}\" is to be reachable at a name below the home's domain, and such names are made of a-z, 0-9 and \"-\". Rename the service.", span);

    public static Diagnostic Cycle(IReadOnlyList<string> services, SourceSpan? span) =>
        Error("HS2211", "Services wait for each other", $"{string.Join(" waits for ", services)}. None of them could ever start. Remove one of these dependencies.", span);

    public static Diagnostic TwoLocalHosts(string host, SourceSpan span, string otherHost, SourceSpan other) =>
        Error("HS2212", "Two hosts are this machine", $"\"{host}\" and \"{otherHost}\" both use the same local engine, so they would undo each other's work. Say how to reach one of them with \"connect: ssh://…\", or remove it.", span)
            with { Related = [new(other, "the other one")] };

    public static Diagnostic NotInZone(Located<IPAddress> address, string zone, SourceSpan zoneSpan) =>
        Error("HS2213", "Address is outside the zone", $"{address.Value} is not in zone \"{zone}\", whose addresses devices on the VPN get. Choose one of them, or leave the key out.", address.Span)
            with { Related = [new(zoneSpan, "the zone")] };

    public static Diagnostic SameForTwo(string what, string value, SourceSpan span, SourceSpan other) =>
        Error("HS2214", "Given to two devices", $"The {what} {Shown(value)} stands with two devices. Each needs its own.", span) with { Related = [new(other, "the other one")] };

    public static Diagnostic VpnWithoutZone(string zone, SourceSpan span) =>
        Error("HS2215", "VPN has no zone", $"Devices on the VPN get addresses of zone \"{zone}\", and no such zone stands under \"zones:\". Add one, such as \"{zone}: 10.8.0.0/24\".", span);

    private static string Near(string written, IEnumerable<string> known) => Suggestion.For(written, known);

    private static string Shown(string text) => BindingDiagnostics.Shown(text);

    private static Diagnostic Error(string code, string summary, string detail, SourceSpan? span) =>
        new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail, Span = span };
}
