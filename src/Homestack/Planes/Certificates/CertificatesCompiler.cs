using Homestack.Blueprints;
using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>From what answers over HTTPS to the names that must be vouched for. Pure.</summary>
public static class CertificatesCompiler
{
    private const string Everybody = "public";

    /// <summary>The domain and everything one label below it, as soon as anything answers.</summary>
    public static CertificatesDesired Compile(Blueprint blueprint)
    {
        var answers = Answer.Of(blueprint);
        return new(blueprint.Home, blueprint.Domain, answers.Count == 0 ? [] : Below(blueprint.Domain)) { Public = answers.Count == 0 || blueprint.Certificates is not { } from ? [] : Public(blueprint.Domain, answers, from) };
    }

    /// <remarks>What a public issuer vouches for stands in public lists for ever (RFC 9162), so without a wildcard only names that are open to everybody are asked for.</remarks>
    private static ValueList<PublicCertificate> Public(string domain, ValueList<Answer> answers, CertificateSettings from) =>
        from.IsThroughDns ? [new(Below(domain), from)]
        : answers.Where(answer => answer.Zones.Contains(Everybody)).Select(answer => answer.HostName).Distinct().Order(StringComparer.Ordinal).Select(name => new PublicCertificate([name], from)).ToValueList();

    private static ValueList<string> Below(string domain) => ["*." + domain, domain];
}
