using System.Net;
using Homestack.Collections;
using Homestack.Manifests.Sections;

namespace Homestack.Blueprints;

/// <summary>Resolves what the manifest says under <c>certificates</c>. Pure.</summary>
internal static class CertificateSettingsBuilder
{
    private const string Internal = "internal", Public = "letsencrypt", PublicStaging = "letsencrypt-staging";
    private const int DnsPort = 53;

    /// <summary>Null when the home vouches for itself.</summary>
    /// <remarks><para>Source of the directories: Let's Encrypt, "Staging Environment" and "ACME Protocol Updates". RFC 2142 §7 for hostmaster.</para></remarks>
    public static CertificateSettings? Of(HomeSpec home, string folder, string domain)
    {
        if (home.Certificates is not { Value: { Issuer.Value: not Internal } written })
        {
            return null;
        }

        var issuer = written.Issuer?.Value ?? Internal;
        var isTrial = issuer == PublicStaging || written.Staging is { Value: true };
        var isThroughDns = written.Challenge is { Value: "dns-01" };
        return new()
        {
            Issuer = isTrial ? "Let's Encrypt's staging" : issuer == Public ? "Let's Encrypt" : new Uri(issuer).Authority,
            Directory = isTrial ? "https://acme-staging-v02.api.letsencrypt.org/directory" : issuer == Public ? "https://acme-v02.api.letsencrypt.org/directory" : issuer,
            IsTrial = isTrial,
            Roots = written.Roots is { } roots ? Path.GetFullPath(roots.Value, folder) : "",
            IsThroughDns = isThroughDns,
            Provider = isThroughDns ? written.Provider?.Value ?? "" : "",
            Email = written.Email?.Value ?? $"hostmaster@{domain}",
            Resolvers = isThroughDns ? Resolvers(home, written) : [],
            Credentials = isThroughDns ? written.Credentials.ToValueMap(variable => variable.Key, variable => variable.Value.Value) : ValueMap<Primitives.Text>.Empty,
        };
    }

    /// <summary>The machine's own resolver is often the home itself, which answers for the domain and never sees what stands in the public DNS: whom the home asks does.</summary>
    private static ValueList<string> Resolvers(HomeSpec home, CertificatesSpec written) =>
        written.Resolvers.Count > 0 ? written.Resolvers.Select(resolver => WithPort(resolver.Value)).ToValueList()
        : home.Dns is { Value.Upstreams: var upstreams } ? upstreams.Select(upstream => AddressOf(upstream.Value)).Where(address => address.Length > 0).Distinct().ToValueList()
        : [];

    private static string WithPort(string resolver) => IPAddress.TryParse(resolver, out var address) ? new IPEndPoint(address, DnsPort).ToString() : resolver;

    /// <summary>Plain DNS at the same address; empty for a resolver that is known by name only.</summary>
    private static string AddressOf(string upstream)
    {
        if (IPAddress.TryParse(upstream, out var bare))
        {
            return new IPEndPoint(bare, DnsPort).ToString();
        }

        var uri = new Uri(upstream);
        return !IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) ? ""
            : new IPEndPoint(address, uri.Scheme is "udp" or "tcp" && uri.Port > 0 ? uri.Port : DnsPort).ToString();
    }
}
