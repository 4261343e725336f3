using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary><c>certificates</c>: who issues them and how ownership of the domain is shown.</summary>
public static class CertificatesSection
{
    private static readonly string[] Issuers = ["internal", "letsencrypt", "letsencrypt-staging"];

    private static readonly Field<string> Issuer = new("issuer", ShapeList.Checked(text => Issuers.Contains(text) || IsDirectory(text) ? text : null,
            "internal, letsencrypt, letsencrypt-staging or the https:// address of an ACME directory"),
        "internal (an authority of the home's own), letsencrypt, letsencrypt-staging, or the https:// address of an ACME directory. Default internal.");

    private static readonly Field<string> Challenge = new("challenge", ShapeList.Choice("http-01", "dns-01", "tls-alpn-01"),
        "How the issuer checks that the domain is ours. Only dns-01 needs no open port and gives wildcards.");

    private static readonly Field<string> Provider = new("provider", ShapeList.Name(NameRule.Label), "Who runs the public DNS, by lego's name for it, such as cloudflare. Needed for dns-01.");

    private static readonly Field<string> Email = new("email", ShapeList.Checked(text => text.Length <= 254 && text.IndexOf('@', StringComparison.Ordinal) > 0 && !text.Any(char.IsWhiteSpace) ? text : null, "an e-mail address"),
        "Where the issuer writes to about trouble.");

    private static readonly Field<ValueMap<Located<Text>>> Credentials = new("credentials", ShapeList.MapOf(NameRule.Variable, CredentialShape.ByKey),
        "What the provider asks for, by lego's variable names; secrets as \"${secret:name}\".");

    public static readonly Shape<CertificatesSpec> Shape = new MappingShape<CertificatesSpec>(
        [Issuer, Challenge, Provider, Email, Credentials],
        fields => new()
        {
            Issuer = fields.Get(Issuer), Challenge = fields.Get(Challenge), Provider = fields.Get(Provider), Email = fields.Get(Email),
            Credentials = fields.Get(Credentials, ValueMap<Located<Text>>.Empty),
        })
    {
        Check = Check,
    };

    private static void Check(CertificatesSpec certificates, SourceSpan span, string path, DiagnosticBag diagnostics)
    {
        if (certificates.Challenge is { Value: "dns-01" } challenge && certificates.Provider is null)
        {
            diagnostics.Add(ManifestDiagnostics.KeyNeedsKey("challenge: dns-01", "provider", "the answer is written into the public DNS, so say who runs it", challenge.Span, path));
        }

        if (certificates.Issuer is { } issuer && issuer.Value != "internal" && certificates.Challenge is null)
        {
            diagnostics.Add(ManifestDiagnostics.KeyNeedsKey("issuer", "challenge", "a public issuer asks for a proof", issuer.Span, path));
        }
    }

    private static bool IsDirectory(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
}
