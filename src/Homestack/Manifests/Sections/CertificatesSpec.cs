using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary>Where certificates come from, as written under <c>certificates</c>.</summary>
public sealed record CertificatesSpec
{
    /// <summary><c>internal</c>, <c>letsencrypt</c>, <c>letsencrypt-staging</c>, or the https URL of an ACME directory (RFC 8555 §7.1.1). Default <c>internal</c>.</summary>
    public Located<string>? Issuer { get; init; }

    /// <summary>Ask the issuer's place for trying things out.</summary>
    public Located<bool>? Staging { get; init; }

    /// <summary>PEM file with the roots of an issuer of one's own; a path in the home's folder, or an absolute one.</summary>
    public Located<string>? Roots { get; init; }

    /// <summary><c>http-01</c> or <c>dns-01</c> (RFC 8555 §8).</summary>
    public Located<string>? Challenge { get; init; }

    /// <summary>Who runs the public DNS, for <c>dns-01</c>: lego's name for it.</summary>
    public Located<string>? Provider { get; init; }

    /// <summary>Where the issuer writes to about certificates that end soon.</summary>
    public Located<string>? Email { get; init; }

    /// <summary>Resolvers that see the public DNS, each an address, perhaps with a port.</summary>
    public ValueList<Located<string>> Resolvers { get; init; } = [];

    /// <summary>Environment variables of the provider.</summary>
    public ValueMap<Located<Text>> Credentials { get; init; } = ValueMap<Located<Text>>.Empty;
}
