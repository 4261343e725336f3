using Homestack.Diagnostics;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>HS2030 to HS2069: networks, addresses and ports of one stack.</summary>
internal static class NetworkDiagnostics
{
    public static Diagnostic ModeWithNetworks(Located<string> mode, string path) =>
        Of(Severity.Error, "HS2030", "Network mode excludes networks", $"With \"network_mode: {mode.Value}\" a service has no networks of its own. Remove one of the two keys.", mode.Span, path);

    public static Diagnostic PortsOfAnother(Located<string> mode, SourceSpan span, string path) =>
        Of(Severity.Error, "HS2031", "Ports belong to another container",
            $"With \"network_mode: {mode.Value}\" this service has no ports of its own. Move \"ports\" to the service whose network it uses.", span, path);

    public static Diagnostic PortsWithoutEffect(Located<string> mode, SourceSpan span, string path) =>
        Of(Severity.Warning, "HS2032", "Ports have no effect", $"With \"network_mode: {mode.Value}\" nothing is published. Remove \"ports\".", span, path);

    public static Diagnostic NoSubnet(Located<string> address, string network, string path) =>
        Of(Severity.Error, "HS2033", "Fixed address needs a subnet",
            $"\"{address.Value}\" lies in no subnet of the network \"{network}\". Write a subnet that holds it under \"ipam.config\" of that network.", address.Span, path);

    public static Diagnostic AddressTwice(Located<string> address, string network, string other, string path) =>
        Of(Severity.Error, "HS2034", "Fixed address used twice", $"\"{address.Value}\" on the network \"{network}\" also belongs to \"{other}\". Give each its own.", address.Span, path);

    public static Diagnostic NotAnAddress(Located<string> address, string expected, string path) =>
        Of(Severity.Error, "HS2035", "Not an address", $"\"{address.Value}\" is not {expected}.", address.Span, path);

    public static Diagnostic LinkNameTwice(Located<string> link, string alias, string other, string path) =>
        Of(Severity.Error, "HS2036", "Link name means two services", $"\"{alias}\" already means \"{other}\" in this stack. Choose another name after the colon.", link.Span, path);

    public static Diagnostic PortTwice(PortSpec port, PortSpec other, string owner, string path) =>
        Of(Severity.Error, "HS2040", "Host port published twice", $"Port {port.Published}/{port.Protocol} of the host is already published by \"{owner}\". Only one can have it.", port.Span, path)
            with { Related = [new(other.Span, "published here first")] };

    public static Diagnostic PortOfMany(PortSpec port, int instances, string path) =>
        Of(Severity.Error, "HS2041", "One host port for several containers",
            $"Port {port.Published}/{port.Protocol} of the host can belong to one container, but {instances} are asked for. Remove the host's port, or write a range of at least {instances}.", port.Span, path);

    public static Diagnostic PastTheFirewall(string ports, SourceSpan span, string path) =>
        Of(Severity.Warning, "HS2042", "Ports are open past the firewall",
            $"\"publish: engine\" hands {ports} to Docker, whose rules come before the home's firewall: whoever reaches this machine reaches the port, whatever \"expose\" says.", span, path);

    public static Diagnostic KeptOnLoopback(PortSpec port, string path) =>
        Of(Severity.Warning, "HS2043", "Port is published on loopback only",
            $"{port.HostAddress} is not used for port {port.Published}: without \"publish: engine\" under \"x-homestack\" a port is published on 127.0.0.1 only.", port.Span, path);

    public static Diagnostic NoPort(SourceSpan span, string hint, string path) =>
        Of(Severity.Error, "HS2044", "Exposed service names no port", $"\"expose\" needs \"port\" beside it: the port in the container that speaks HTTP.{hint}", span, path);

    public static Diagnostic ExposedPort(Located<string> port, string path) =>
        Of(Severity.Error, "HS2045", "Not a port", $"\"{port.Value}\" is no port or range of ports from 1 to 65535, with an optional /tcp, /udp or /sctp.", port.Span, path);

    private static Diagnostic Of(Severity severity, string code, string summary, string detail, SourceSpan span, string path) =>
        new() { Code = code, Severity = severity, Summary = summary, Detail = detail, Span = span, Path = path };
}
