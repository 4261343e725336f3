using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Homestack.NameServer.Upstreams;

/// <summary>What the certificate of an upstream must show.</summary>
internal static class UpstreamTrust
{
    public static SslClientAuthenticationOptions For(UpstreamAddress address, X509Certificate2Collection? roots)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = address.ServerName ?? address.EndPoint.Address.ToString() };
        if (roots is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return options;
    }
}
