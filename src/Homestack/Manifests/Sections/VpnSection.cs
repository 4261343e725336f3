using System.Net;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;

namespace Homestack.Manifests.Sections;

/// <summary><c>vpn</c>: the home's WireGuard network and the devices on it.</summary>
public static class VpnSection
{
    private static readonly Field<string> Endpoint = new("endpoint", ShapeList.Endpoint, "Where devices find the home from outside, host:port.") { IsRequired = true };

    private static readonly Field<string> Zone = new("zone", ShapeList.Name(NameRule.Label), "The zone whose addresses devices get. Default vpn.");

    private static readonly Field<string> Person = new("person", ShapeList.Name(NameRule.Person), "Whose device it is.");

    private static readonly Field<ValueList<Located<string>>> Access = new("access", ShapeList.ListOf(ShapeList.Name(NameRule.Label)), "full, or the services it may reach. Default: none.");

    private static readonly Field<string> PublicKey = new("public-key", ShapeList.VpnKey, "Its WireGuard public key. Default: a key pair is made.");

    private static readonly Field<IPAddress> Address = new("address", ShapeList.Address, "Its address in the VPN's zone. Default: the next free one.");

    private static readonly Shape<PeerSpec> Peer = new MappingShape<PeerSpec>(
        [Person, Access, PublicKey, Address],
        fields => new() { Person = fields.Get(Person), Access = fields.Get(Access, []), PublicKey = fields.Get(PublicKey), Address = fields.Get(Address) })
    {
        Check = (peer, _, path, diagnostics) =>
        {
            if (peer.HasFullAccess && peer.Access.Count > 1)
            {
                diagnostics.Add(ManifestDiagnostics.ExactlyOne("\"full\" or names of services", peer.Access.First(item => item.Value == "full").Span, path));
            }
        },
    };

    private static readonly Field<ValueMap<Located<PeerSpec>>> Peers = new("peers", ShapeList.MapOf(NameRule.Label, Peer), "Devices, by name.");

    public static readonly Shape<VpnSpec> Shape = new MappingShape<VpnSpec>(
        [Endpoint, Zone, Peers],
        fields => new() { Endpoint = fields.Get(Endpoint), Zone = fields.Get(Zone), Peers = fields.Get(Peers, ValueMap<Located<PeerSpec>>.Empty) });
}
