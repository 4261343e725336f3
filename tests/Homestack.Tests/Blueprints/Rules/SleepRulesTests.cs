using Homestack.Diagnostics;
using Homestack.Tests.Manifests;

namespace Homestack.Tests.Blueprints.Rules;

public sealed class SleepRulesTests
{
    [Theory]
    [InlineData("x-homestack: { sleep: 30m }", "HS2240", "a.yaml:4:27", "reachable from no zone")]
    [InlineData("x-homestack: { port: 80, sleep: 30m }", "HS2240", "a.yaml:4:37", "reachable from no zone")]
    [InlineData("x-homestack: { port: 80, expose: [lan], sign-in: homestack, sleep: 30m }", "HS2240", "a.yaml:4:72", "sign-in")]
    [InlineData("x-homestack: { port: 80, expose: [lan], host: far, sleep: 30m }", "HS2240", "a.yaml:4:63", "host \"far\"")]
    [InlineData("x-homestack: { port: 80, expose: [lan], publish: engine, sleep: 30m }\n    ports: [\"8080:80\"]", "HS2241", "a.yaml:4:69", "publishes port 80")]
    [InlineData("x-homestack: { port: 80, expose: [lan], sleep: 30m }\n    ports: [\"127.0.0.1:9000:9000\"]", "HS2241", "a.yaml:4:52", "publishes port 9000")]
    [InlineData("x-homestack: { port: 80, expose: [lan], sleep: 30m }\n    network_mode: host", "HS2241", "a.yaml:4:52", "network_mode: host")]
    [InlineData("x-homestack: { port: 80, expose: [lan], sleep: 30m }\n  b:\n    image: x:1\n    depends_on: [a]", "HS2242", "a.yaml:4:52", "\"a/b\" depends on \"a\"")]
    [InlineData("x-homestack: { port: 80, expose: [lan], sleep: 30m }\n  b:\n    image: x:1\n    network_mode: service:a", "HS2242", "a.yaml:4:52", "\"a/b\" depends on \"a\"")]
    [InlineData("x-homestack: { port: 80, expose: [lan], sleep: 30s }", "HS1023", "a.yaml:4:52", "1m to 7d")]
    [InlineData("x-homestack: { port: 80, expose: [lan], sleep: 8d }", "HS1023", "a.yaml:4:52", "1m to 7d")]
    [InlineData("x-homestack: { port: 80, expose: [lan], sleep: soon }", "HS1022", "a.yaml:4:52", "soon")]
    public void Who_cannot_be_woken_or_is_missed_may_not_sleep(string keys, string code, string place, string words)
    {
        var (blueprint, diagnostics) = Build(keys);

        Assert.Null(blueprint);
        var diagnostic = Assert.Single(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        Assert.Equal((code, place), (diagnostic.Code, $"{diagnostic.Span}"));
        Assert.Contains(words, diagnostic.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-homestack: { port: 80, expose: [lan], sleep: 1m }", 1)]
    [InlineData("x-homestack: { port: 80, expose: [lan, public], sleep: 7d }", 10080)]
    [InlineData("x-homestack: { expose: [lan], sleep: 1h30m }\n    ports: [\"25565:25565\"]", 90)]
    [InlineData("x-homestack: { expose: [lan], sleep: 90m }\n    ports: [\"2456:2456/udp\"]", 90)]
    [InlineData("x-homestack: { port: 80, expose: [lan], sleep: 30m }\n    depends_on: [db]\n  db:\n    image: db:1", 30)]
    public void Who_visitors_reach_through_the_front_may(string keys, int minutes)
    {
        var (blueprint, diagnostics) = Build(keys);

        Assert.Empty(diagnostics);
        Assert.Equal(TimeSpan.FromMinutes(minutes), blueprint?.Services["a/a"].Exposure.Sleep);
    }

    private static (Homestack.Blueprints.Blueprint?, DiagnosticBag) Build(string keys) => HomeUnderTest.Build(
        HomeUnderTest.Home("hosts: { nuc: { address: 192.168.1.10 }, far: { address: 192.168.1.11, connect: \"ssh://far\" } }\nzones: { lan: 192.168.1.0/24 }\nstacks: [a.yaml]"),
        ("a.yaml", $"services:\n  a:\n    image: web:1\n    {keys}\n"));
}
