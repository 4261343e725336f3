using Homestack.Blueprints;
using Homestack.Planes.Certificates;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Blueprints;

/// <summary>What the manifest says of public certificates, resolved, and which certificates follow from it.</summary>
public sealed class CertificateSettingsTests
{
    private const string Sites = "sites: { web: { redirect: \"https://a.example\", expose: [public] }, inside: { redirect: \"https://a.example\", expose: [lan] } }\nzones: { lan: 192.168.1.0/24 }\n";

    [Theory]
    [InlineData("issuer: letsencrypt", "https://acme-v02.api.letsencrypt.org/directory", "Let's Encrypt (http-01)", false)]
    [InlineData("issuer: letsencrypt, staging: true", "https://acme-staging-v02.api.letsencrypt.org/directory", "Let's Encrypt's staging (http-01)", true)]
    [InlineData("issuer: letsencrypt-staging", "https://acme-staging-v02.api.letsencrypt.org/directory", "Let's Encrypt's staging (http-01)", true)]
    [InlineData("issuer: \"https://ca.lan:9000/acme/home/directory\", ca: roots.pem", "https://ca.lan:9000/acme/home/directory", "ca.lan:9000 (http-01)", false)]
    public void An_issuer_is_known_by_its_directory(string text, string directory, string words, bool isTrial)
    {
        var settings = Of($"certificates: {{ {text}, challenge: http-01 }}").Certificates;

        Assert.Equal((directory, words, isTrial, "hostmaster@home.example.org"), (settings?.Directory, settings?.ToString(), settings?.IsTrial, settings?.Email));
        Assert.Equal(text.Contains("ca:", StringComparison.Ordinal) ? HomeUnderTest.Folder + "/roots.pem" : "", settings?.Roots);
    }

    [Theory]
    [InlineData("")]
    [InlineData("certificates: { issuer: internal }")]
    [InlineData("certificates: { email: ana@example.org }")]
    public void Without_an_issuer_the_home_vouches_for_itself(string text) => Assert.Null(Of(text).Certificates);

    [Theory]
    [InlineData("dns: { upstreams: [\"tls://9.9.9.9\", 1.1.1.1, \"udp://192.0.2.1:5353\", \"https://dns.example/q\", \"tls://[2620:fe::fe]\"] }", "", "9.9.9.9:53 1.1.1.1:53 192.0.2.1:5353 [2620:fe::fe]:53")]
    [InlineData("dns: { upstreams: [1.1.1.1] }", ", resolvers: [\"8.8.8.8:5353\", 9.9.9.9]", "8.8.8.8:5353 9.9.9.9:53")]
    [InlineData("", "", "")]
    public void Who_sees_the_public_DNS_is_asked(string dns, string more, string resolvers) =>
        Assert.Equal(resolvers, string.Join(' ', Of($"certificates: {{ issuer: letsencrypt, challenge: dns-01, provider: cloudflare{more} }}\n{dns}").Certificates?.Resolvers ?? []));

    [Fact]
    public void Through_the_DNS_there_is_one_for_every_name() =>
        Assert.Equal([["*.home.example.org", "home.example.org"]], Names("certificates: { issuer: letsencrypt, challenge: dns-01, provider: cloudflare }"));

    [Fact]
    public void Through_port_80_there_is_one_for_each_name_that_is_open_to_everybody_and_no_other_is_told() =>
        Assert.Equal([["web.home.example.org"]], Names("certificates: { issuer: letsencrypt, challenge: http-01 }"));

    private static IEnumerable<string[]> Names(string text) => CertificatesCompiler.Compile(Of(text)).Public.Select(certificate => certificate.Names.ToArray());

    private static Blueprint Of(string text)
    {
        var (blueprint, diagnostics) = HomeUnderTest.Build(HomeUnderTest.Home($"domain: home.example.org\n{Sites}{text}"));
        Assert.Empty(diagnostics);
        return blueprint ?? throw new InvalidOperationException();
    }
}
