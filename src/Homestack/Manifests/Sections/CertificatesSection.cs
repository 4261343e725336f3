using System.Net;
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

    private static readonly Field<bool> Staging = new("staging", ShapeList.Bool, "Whether to ask letsencrypt's place for trying things out, whose certificates no browser trusts. Default no.");

    private static readonly Field<string> Roots = new("ca", ShapeList.AnyPath,
        "For an issuer of your own: a PEM file with the roots that its https:// address and its certificates are known by. Default: the machine's own list.");

    private static readonly Field<string> Challenge = new("challenge", ShapeList.Choice("http-01", "dns-01"),
        "How the issuer checks that the domain is ours. dns-01 needs no open port and gives one certificate for every name; http-01 asks port 80 and gives one for each name that is open to public.");

    private static readonly Field<string> Provider = new("provider", ShapeList.Name(NameRule.Label), "Who runs the public DNS, by lego's name for it, such as cloudflare. Needed for dns-01.");

    private static readonly Field<string> Email = new("email", ShapeList.Checked(text => text.Length <= 254 && text.IndexOf('@', StringComparison.Ordinal) > 0 && !text.Any(char.IsWhiteSpace) ? text : null, "an e-mail address"),
        "Where the issuer writes to about trouble. Default hostmaster at the home's domain.");

    private static readonly Field<ValueList<Located<string>>> Resolvers = new("resolvers", ShapeList.ListOf(ShapeList.Checked(
            text => IPAddress.TryParse(text, out _) || (IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port > 0) ? text : null, "an address, or an address and a port, such as 9.9.9.9 or 127.0.0.1:5353")),
        "For dns-01: resolvers that see the public DNS, asked whether the answer is there yet. Default: those of dns.upstreams that are addresses, else the machine's own.");

    private static readonly Field<ValueMap<Located<Text>>> Credentials = new("credentials", ShapeList.MapOf(NameRule.ProviderVariable, CredentialShape.ByKey),
        "What the provider asks for, by lego's variable names; secrets as \"${secret:name}\".");

    public static readonly Shape<CertificatesSpec> Shape = new MappingShape<CertificatesSpec>(
        [Issuer, Staging, Roots, Challenge, Provider, Email, Resolvers, Credentials],
        fields => new()
        {
            Issuer = fields.Get(Issuer), Staging = fields.Get(Staging), Roots = fields.Get(Roots), Challenge = fields.Get(Challenge), Provider = fields.Get(Provider), Email = fields.Get(Email),
            Resolvers = fields.Get(Resolvers, []),
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

        if (certificates.Staging is { Value: true } staging && certificates.Issuer is not { Value: "letsencrypt" })
        {
            diagnostics.Add(ManifestDiagnostics.KeyNeedsKey("staging", "issuer: letsencrypt", "no other issuer has such a place that we know of", staging.Span, path));
        }

        if (certificates.Issuer is { } issuer && issuer.Value != "internal" && certificates.Challenge is null)
        {
            diagnostics.Add(ManifestDiagnostics.KeyNeedsKey("issuer", "challenge", "a public issuer asks for a proof", issuer.Span, path));
        }
    }

    private static bool IsDirectory(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
}
