using System.Net;
using System.Net.Sockets;

namespace Homestack.Planes.Names;

/// <summary>The name under which an address is looked up, and the zone that holds it. Only for addresses of a house: others have an owner elsewhere. Pure.</summary>
/// <remarks><para>Source: RFC 1035 §3.5; RFC 3596 §2.5; RFC 6303 §4 and RFC 7793 (the zones).</para></remarks>
internal static class ReverseName
{
    /// <returns>Null when the address is not a private one.</returns>
    public static (string Name, string Zone)? Of(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            var name = $"{bytes[3]}.{bytes[2]}.{bytes[1]}.{bytes[0]}.in-addr.arpa";
            return (bytes[0], bytes[1]) switch
            {
                (10, _) => (name, "10.in-addr.arpa"),
                (192, 168) => (name, "168.192.in-addr.arpa"),
                (172, >= 16 and < 32) or (100, >= 64 and < 128) => (name, $"{bytes[1]}.{bytes[0]}.in-addr.arpa"),
                _ => null,
            };
        }

        return bytes[0] == 0xFD
            ? (string.Concat(bytes.Reverse().Select(value => $"{value & 15:x}.{value >> 4:x}.")) + "ip6.arpa", "d.f.ip6.arpa")
            : null;
    }
}
