using Homestack.Blueprints;
using Homestack.Collections;

namespace Homestack.Planes.Certificates;

/// <summary>From what answers over HTTPS to the names that must be vouched for. Pure.</summary>
public static class CertificatesCompiler
{
    private const string Everybody = "public", UsualDomain = "home.arpa";

    /// <summary>The domain and everything one label below it, as soon as anything answers; where browsers take no wildcard, each name by itself.</summary>
    /// <remarks>Browsers take no <c>*.home.arpa</c>, which is on the Public Suffix List, and no <c>*.lan</c>: a wildcard must not stand for everybody's names (RFC 9525 §6.3, publicsuffix.org).</remarks>
    public static CertificatesDesired Compile(Blueprint blueprint)
    {
        var answers = Answer.Of(blueprint);
        return new(blueprint.Home, blueprint.Domain, answers.Count == 0 ? [] : TakesNoWildcard(blueprint.Domain) ? Each(blueprint.Domain, answers) : Below(blueprint.Domain)) { Public = answers.Count == 0 || blueprint.Certificates is not { } from ? [] : Public(blueprint.Domain, answers, from) };
    }

    /// <remarks>What a public issuer vouches for stands in public lists for ever (RFC 9162), so without a wildcard only names that are open to everybody are asked for.</remarks>
    private static ValueList<PublicCertificate> Public(string domain, ValueList<Answer> answers, CertificateSettings from) =>
        from.IsThroughDns ? [new(Below(domain), from)]
        : answers.Where(answer => answer.Zones.Contains(Everybody)).Select(answer => answer.HostName).Distinct().Order(StringComparer.Ordinal).Select(name => new PublicCertificate([name], from)).ToValueList();

    private static bool TakesNoWildcard(string domain) => domain == UsualDomain || !domain.Contains('.', StringComparison.Ordinal);

    private static ValueList<string> Each(string domain, ValueList<Answer> answers) => answers.Select(answer => answer.HostName).Append("ca." + domain).Distinct().Order(StringComparer.Ordinal).ToValueList();

    private static ValueList<string> Below(string domain) => ["*." + domain, domain];
}
