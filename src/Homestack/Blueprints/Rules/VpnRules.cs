using Homestack.Diagnostics;

namespace Homestack.Blueprints.Rules;

/// <summary>The VPN has a zone, and its devices have addresses in it and keys of their own. Adds HS2213 to HS2215.</summary>
public static class VpnRules
{
    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        if (parts.Home.Vpn is not { } vpn)
        {
            return;
        }

        var zoneName = vpn.Value.Zone is { } zone ? zone.Value : "vpn";
        if (!parts.Home.Zones.TryGetValue(zoneName, out var blocks))
        {
            diagnostics.Add(HomeDiagnostics.VpnWithoutZone(zoneName, vpn.Value.Zone is { } named ? named.Span : vpn.Span));
            return;
        }

        var addresses = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        var keys = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var peer in vpn.Value.Peers.Values.Select(peer => peer.Value))
        {
            if (peer.Address is { } address)
            {
                if (!blocks.Value.Any(block => block.Value.Network.Contains(address.Value)))
                {
                    diagnostics.Add(HomeDiagnostics.NotInZone(address, zoneName, blocks.Span));
                }
                else if (!addresses.TryAdd(address.Value.ToString(), address.Span))
                {
                    diagnostics.Add(HomeDiagnostics.SameForTwo("address", address.Value.ToString(), address.Span, addresses[address.Value.ToString()]));
                }
            }

            if (peer.PublicKey is { } key && !keys.TryAdd(key.Value, key.Span))
            {
                diagnostics.Add(HomeDiagnostics.SameForTwo("key", key.Value, key.Span, keys[key.Value]));
            }
        }
    }
}
