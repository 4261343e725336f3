using System.Net;
using System.Net.Sockets;
using Homestack.Machine;

namespace Homestack.Engine.PublicNames;

/// <summary>Asks somebody outside what our address is. What is no address of the public internet is not believed.</summary>
/// <remarks><para>Source: RFC 6890 (special-purpose addresses).</para></remarks>
internal static class AddressQuestion
{
    /// <exception cref="MachineException">He did not answer, or with something else.</exception>
    public static async Task<IPAddress> AskAsync(WebQuestion http, Uri whom, CancellationToken cancellationToken)
    {
        var text = (await http.AskAsync(HttpMethod.Get, whom, null, null, cancellationToken).ConfigureAwait(false)).Trim();
        return text.Length <= 45 && IPAddress.TryParse(text, out var address) && IsPublic(address) ? address
            : throw new MachineException($"ask {whom.Host}", "The answer is no address of the public internet.", "Name others under dns.public.ask.");
    }

    internal static bool IsPublic(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !(bytes[0] is 0 or 10 or 127 or >= 224 || (bytes[0], bytes[1]) is (100, >= 64 and < 128) or (169, 254) or (172, >= 16 and < 32) or (192, 168))
            : (bytes[0] & 0xe0) == 0x20 && !address.IsIPv4MappedToIPv6;
    }
}
