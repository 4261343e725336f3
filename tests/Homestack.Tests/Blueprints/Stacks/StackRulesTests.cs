using Homestack.Diagnostics;
using Homestack.Tests.Manifests.Compose;

namespace Homestack.Tests.Blueprints.Stacks;

public sealed class StackRulesTests
{
    [Theory]
    [InlineData("a: { image: x, depends_on: [dv] }, db: { image: x }", "HS2000")]
    [InlineData("a: { image: x, network_mode: 'service:nobody' }", "HS2000")]
    [InlineData("a: { image: x, volumes_from: [nobody] }", "HS2000")]
    [InlineData("a: { image: x, links: ['nobody:n'] }", "HS2000")]
    [InlineData("a: { image: x, networks: [medai] }", "HS2002")]
    [InlineData("a: { image: x, volumes: ['dta:/d'] }", "HS2003")]
    [InlineData("a: { image: x, secrets: [none] }", "HS2004")]
    [InlineData("a: { image: x, configs: [none] }", "HS2004")]
    [InlineData("a: { image: x, depends_on: [b] }, b: { image: x, depends_on: [a] }", "HS2005")]
    [InlineData("a: { image: x, depends_on: [a] }", "HS2005")]
    [InlineData("a: { image: x, network_mode: 'service:b' }, b: { image: x, links: [c] }, c: { image: x, volumes_from: [a] }", "HS2005")]
    [InlineData("a: { image: 'Not An Image' }", "HS2006")]
    [InlineData("a: { image: x, labels: { homestack.resource: x } }", "HS2007")]
    [InlineData("a: { image: x, mem_limit: 1g, deploy: { resources: { limits: { memory: 2g } } } }", "HS2009")]
    [InlineData("a: { image: x, scale: 2, deploy: { replicas: 3 } }", "HS2009")]
    [InlineData("a: { image: x, network_mode: mynet }", "HS2010")]
    [InlineData("a: { image: x, ipc: private-ish }", "HS2010")]
    [InlineData("a: { image: x, x-homestack: { host: one } }, b: { image: x, x-homestack: { host: two } }", "HS2011")]
    [InlineData("a: { image: x, network_mode: host, networks: [default] }", "HS2030")]
    [InlineData("a: { image: x, network_mode: 'service:b', ports: ['80:80'] }, b: { image: x }", "HS2031")]
    [InlineData("a: { image: x, networks: { default: { ipv4_address: 172.20.0.5 } } }", "HS2033")]
    [InlineData("a: { image: x, networks: { n: { ipv4_address: 10.2.0.5 } } }", "HS2033")]
    [InlineData("a: { image: x, networks: { n: { ipv4_address: 10.1.0.5 } } }, b: { image: x, networks: { n: { ipv4_address: 10.1.0.5 } } }", "HS2034")]
    [InlineData("a: { image: x, networks: { n: { ipv4_address: 'fd00::1' } } }", "HS2035")]
    [InlineData("a: { image: x, links: ['b:n'] }, b: { image: x }, c: { image: x, links: ['d:n'] }, d: { image: x }", "HS2036")]
    [InlineData("a: { image: x, ports: ['80:80'] }, b: { image: x, ports: ['80:8080'] }", "HS2040")]
    [InlineData("a: { image: x, ports: ['80:80', '80:81'] }", "HS2040")]
    [InlineData("a: { image: x, ports: ['80:80'], scale: 2 }", "HS2041")]
    [InlineData("a: { image: x, x-homestack: { expose: [lan] } }", "HS2044")]
    [InlineData("a: { image: x, expose: [http] }", "HS2045")]
    [InlineData("a: { image: x, tmpfs: /run, volumes: ['./a:/run'] }", "HS2070")]
    [InlineData("a: { image: x, tmpfs: run }", "HS2072")]
    public void A_stack_that_contradicts_itself_is_an_error_with_its_place(string services, string code)
    {
        var loaded = LoadedStack.Of($"services: {{ {services} }}\nnetworks: {{ n: {{ ipam: {{ config: [{{ subnet: 10.1.0.0/16 }}] }} }}, media: }}\nvolumes: {{ data: }}");
        loaded.Build();
        Assert.Contains(loaded.Diagnostics, diagnostic => diagnostic.Code == code && diagnostic.Severity == Severity.Error && diagnostic.Span is not null);
    }

    [Theory]
    [InlineData("a: { image: x, ports: ['53:53', '53:53/udp'] }")]
    [InlineData("a: { image: x, ports: ['127.0.0.2:80:80'] }, b: { image: x, ports: ['127.0.0.3:80:80'] }")]
    [InlineData("a: { image: x, ports: ['8000-8001:80'], scale: 2 }")]
    [InlineData("a: { image: x, ports: ['80'], scale: 2 }")]
    [InlineData("a: { image: x, networks: { ext: { ipv4_address: 1.2.3.4 } } }")]
    [InlineData("a: { image: x, depends_on: { nobody: { condition: service_started, required: false } } }")]
    [InlineData("a: { image: x, depends_on: [b, c] }, b: { image: x, depends_on: [c] }, c: { image: x }")]
    public void What_only_looks_like_a_contradiction_is_none(string services)
    {
        var loaded = LoadedStack.Of($"services: {{ {services} }}\nnetworks: {{ ext: {{ external: true }} }}");
        loaded.Build();
        Assert.Empty(loaded.Diagnostics);
    }

    [Fact]
    public void The_nearest_known_name_is_suggested()
    {
        var loaded = LoadedStack.Of("services: { a: { image: x, networks: [medai] } }\nnetworks: { media: }");
        loaded.Build();
        Assert.Contains("Did you mean \"media\"?", loaded.Only("HS2002").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_circle_is_named_once()
    {
        var loaded = LoadedStack.Of("services: { a: { image: x, depends_on: [b] }, b: { image: x, depends_on: [a] }, c: { image: x, depends_on: [d] }, d: { image: x, depends_on: [c] }, e: { image: x, depends_on: [a] } }");
        loaded.Build();
        Assert.Equal(["\"a\" needs \"b\" needs \"a\"", "\"c\" needs \"d\" needs \"c\""], loaded.Diagnostics.Select(diagnostic => diagnostic.Detail.Split(',')[0]));
    }
}
