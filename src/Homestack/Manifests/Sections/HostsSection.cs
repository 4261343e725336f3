using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary><c>hosts</c>: machines with a container engine.</summary>
public static class HostsSection
{
    private static readonly Field<string> Address = new("address", ShapeList.Host, "Address or DNS name by which other machines reach it.");

    private static readonly Field<string> Connect = new("connect", ShapeList.Checked(text => IsEngine(text) ? text : null,
            "unix:///path/to/docker.sock, ssh://user@host[/path/to/docker.sock] or tcp://host:2376"),
        "How to reach its container engine: unix:///path, ssh://user@host[:port] or tcp://host:port with tls. Default: this machine's own socket.");

    private static readonly Field<string> Role = new("role", ShapeList.Choice("server", "relay"), "server runs services; relay stands in a data centre and passes traffic on. Default server.");

    private static readonly Field<string> Tls = new("tls", ShapeList.AnyPath, "Folder with ca.pem, cert.pem and key.pem. Needed for tcp://.");

    public static readonly Shape<ValueMap<Located<HostSpec>>> Shape = ShapeList.MapOf(NameRule.Label, new MappingShape<HostSpec>(
        [Address, Connect, Role, Tls],
        fields => new() { Address = fields.Get(Address), Connect = fields.Get(Connect), Role = fields.Get(Role), Tls = fields.Get(Tls) })
    {
        Check = Check,
    });

    private static void Check(HostSpec host, SourceSpan span, string path, DiagnosticBag diagnostics)
    {
        if (host.Connect is { } connect && connect.Value.StartsWith("tcp://", StringComparison.Ordinal) && host.Tls is null)
        {
            diagnostics.Add(ManifestDiagnostics.KeyNeedsKey("connect: tcp://", "tls", "an engine behind a port without certificates is open to everyone who reaches it", connect.Span, path));
        }

        if (host.Role is { Value: "relay" } role && host.IsThisMachine)
        {
            diagnostics.Add(ManifestDiagnostics.KeyNeedsKey("role: relay", "connect", "a relay is another machine, so say how to reach it", role.Span, path));
        }
    }

    private static bool IsEngine(string text) =>
        text.StartsWith("unix:///", StringComparison.Ordinal)
            ? text.Length > 8 && !text.Any(char.IsControl)
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.PathAndQuery is "" or "/" || (uri.Scheme == "ssh" && IsPath(uri.PathAndQuery))) && uri.Fragment.Length == 0 && IsHost(uri.Host)
                && (uri.Scheme == "ssh" && !uri.UserInfo.StartsWith('-') && !uri.UserInfo.Contains(':', StringComparison.Ordinal) || uri.Scheme == "tcp" && uri.Port > 0 && uri.UserInfo.Length == 0);

    // A host that begins with "-" would be an option to ssh.
    private static bool IsHost(string host) => host.Length > 0 && host[0] != '-' && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or ':' or '[' or ']');

    // A shell on the other side reads it.
    private static bool IsPath(string path) => path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_') && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/-", StringComparison.Ordinal) && path[^1] != '/';
}
