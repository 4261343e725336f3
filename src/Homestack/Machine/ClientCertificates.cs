using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Homestack.Machine;

/// <summary>Who we are to an engine behind a port, and whose word counts about who it is: <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> of one folder.</summary>
/// <remarks><para>Source: Docker, "Protect the Docker daemon socket".</para></remarks>
internal static class ClientCertificates
{
    /// <exception cref="MachineException">A file is missing or makes no sense, or the certificate is out of date.</exception>
    public static SslClientAuthenticationOptions Read(string folder, string host)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
            if (pair.NotAfter < DateTime.Now || pair.NotBefore > DateTime.Now)
            {
                throw new MachineException($"read {folder}/cert.pem", string.Create(CultureInfo.InvariantCulture,
                    $"The client certificate is valid from {pair.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {pair.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC only, which is not now."),
                    $"Make a new one, signed by the engine's authority. Try: openssl x509 -in {folder}/cert.pem -noout -dates -issuer", MachineFailure.Denied);
            }

            // A key that was read from PEM lives in memory only; the TLS stack wants one that went through PKCS #12.
            var usable = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(Path.Combine(folder, "ca.pem"));
            return new() { TargetHost = host, ClientCertificates = [usable], CertificateChainPolicy = policy };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MachineException($"read {folder}", $"The client certificate for the engine cannot be used: {exception.Message}", $"Try: ls -l {folder}", MachineFailure.Denied, exception);
        }
    }
}
