using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Blueprints;

/// <summary>Whom to ask for public certificates, and how ownership of the domain is shown (RFC 8555).</summary>
public sealed record CertificateSettings
{
    /// <summary>For people, such as <c>Let's Encrypt</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>The https:// address of the issuer's directory (RFC 8555 §7.1.1).</summary>
    public required string Directory { get; init; }

    /// <summary>The certificates are for trying things out; nobody trusts them.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Absolute path of a PEM file with the roots that the issuer and its certificates are known by; empty: the machine's own list.</summary>
    public string Roots { get; init; } = "";

    /// <summary>One certificate for the domain and all names below it, shown through the public DNS; else one for each name, shown on port 80.</summary>
    public bool IsThroughDns { get; init; }

    /// <summary>Who runs the public DNS: lego's name for it. Empty without <see cref="IsThroughDns"/>.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Where the issuer may write to.</summary>
    public required string Email { get; init; }

    /// <summary>Resolvers that see the public DNS, <c>address:port</c>. Empty: the machine's own.</summary>
    public ValueList<string> Resolvers { get; init; } = [];

    /// <summary>The provider's environment variables; secrets by name.</summary>
    public ValueMap<Text> Credentials { get; init; } = ValueMap<Text>.Empty;

    /// <summary>Such as <c>Let's Encrypt (dns-01, cloudflare)</c>.</summary>
    public override string ToString() => IsThroughDns ? $"{Issuer} (dns-01, {Provider})" : $"{Issuer} (http-01)";
}
