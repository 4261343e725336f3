using Homestack.Collections;
using Homestack.Manifests;
using Homestack.Manifests.Sections;

namespace Homestack.Blueprints;

/// <summary>The home's machines, resolved, and which of them this one is.</summary>
/// <param name="Hosts">By name. Exactly one of them, or several with different local sockets, are this machine.</param>
/// <param name="Default">The host of every service that names none.</param>
public sealed record HostList(ValueMap<Host> Hosts, string Default)
{
    private const string DefaultSocket = "unix:///var/run/docker.sock";

    /// <summary>The first host by name that is this machine is the default; when there is none, <c>local</c> is added.</summary>
    public static HostList Of(Manifest manifest)
    {
        var home = manifest.Home;
        var usual = manifest.UsualEngine;
        var hosts = home.Hosts.ToValueMap(host => host.Key, host => HostOf(host.Value.Value, usual));
        var here = home.Hosts.FirstOrDefault(host => host.Value.Value.IsThisMachine && host.Value.Value.Role is not { Value: "relay" }).Key;
        return here is not null ? new(hosts, here)
            : new(hosts.With(Host.Local, Usual(usual)), Host.Local);
    }

    private static Host HostOf(HostSpec host, UsualEngine usual)
    {
        var known = host.Connect is { } connect ? new() { Engine = connect.Value, TlsFolder = host.Tls is { } tls ? tls.Value : "" } : Usual(usual);
        return host.Address is { } address ? known with { Address = address.Value } : known;
    }

    private static Host Usual(UsualEngine usual) => usual.Address.Length > 0 ? new() { Engine = usual.Address, TlsFolder = usual.TlsFolder } : new() { Engine = DefaultSocket };
}
