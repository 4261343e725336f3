using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Homestack.Front.Worlds;

namespace Homestack.Front.Naming;

/// <summary>The certificate for questions over TLS.</summary>
internal static class NameCertificates
{
    /// <summary>The certificate of the name server's own name, whatever name the client asks for: many ask for none.</summary>
    /// <exception cref="AuthenticationException">The name does not exist from where the client is.</exception>
    /// <remarks><para>Source: RFC 7858 §3.2 (DoT); IANA, TLS ALPN protocol ids (<c>dot</c>).</para></remarks>
    public static SslServerAuthenticationOptions Choose(World world, string name, IPAddress client) =>
        world.Find(name, client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client, out var zone) is { Certificate: { } certificate } entry && entry.RouteFor(zone, "")?.Target is RouteTarget.Names
            ? new()
            {
                ServerCertificateContext = certificate.Tls.ServerCertificateContext,
                EnabledSslProtocols = certificate.Tls.EnabledSslProtocols,
                AllowRenegotiation = false,
                ClientCertificateRequired = false,
                ApplicationProtocols = [new("dot")],
            }
            : throw new AuthenticationException("There is no such name.");
}
