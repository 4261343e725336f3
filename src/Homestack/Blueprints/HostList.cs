using Homestack.Collections;
using Homestack.Manifests.Sections;

namespace Homestack.Blueprints;

/// <summary>The home's machines, resolved, and which of them this one is.</summary>
/// <param name="Hosts">By name. Exactly one of them, or several with different local sockets, are this machine.</param>
/// <param name="Default">The host of every service that names none.</param>
public sealed record HostList(ValueMap<Host> Hosts, string Default)
{
    private const string DefaultSocket = "unix:///var/run/docker.sock";

    /// <summary>The first host by name that is this machine is the default; when there is none, <c>local</c> is added.</summary>
    public static HostList Of(HomeSpec home)
    {
        var hosts = home.Hosts.ToValueMap(host => host.Key, host => HostOf(host.Value.Value));
        var here = home.Hosts.FirstOrDefault(host => host.Value.Value.IsThisMachine && host.Value.Value.Role is not { Value: "relay" }).Key;
        return here is not null ? new(hosts, here)
            : new(hosts.With(Host.Local, new() { Engine = DefaultSocket }), Host.Local);
    }

    /// <summary>The engine's address of a host as written.</summary>
    public static string EngineOf(HostSpec host) => host.Connect is { } connect ? connect.Value : DefaultSocket;

    private static Host HostOf(HostSpec host) =>
        new() { Engine = EngineOf(host), Address = host.Address is { } address ? address.Value : "", TlsFolder = host.Tls is { } tls ? tls.Value : "" };
}
