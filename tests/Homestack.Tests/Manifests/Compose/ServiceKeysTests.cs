using Homestack.Diagnostics;
using Homestack.Manifests.Compose;

namespace Homestack.Tests.Manifests.Compose;

public sealed class ServiceKeysTests
{
    [Theory]
    [InlineData("80", " 0-0:80/tcp")]
    [InlineData("8080:80", " 8080-8080:80/tcp")]
    [InlineData("8080:80/UDP", " 8080-8080:80/udp")]
    [InlineData("127.0.0.1:8080:80", "127.0.0.1 8080-8080:80/tcp")]
    [InlineData("127.0.0.1::80", "127.0.0.1 0-0:80/tcp")]
    [InlineData("[::1]:8080:80", "::1 8080-8080:80/tcp")]
    [InlineData("::1:8080:80", "::1 8080-8080:80/tcp")]
    [InlineData(":8080:80", " 8080-8080:80/tcp")]
    [InlineData("8000-8001:80-81", " 8000-8000:80/tcp| 8001-8001:81/tcp")]
    [InlineData("80-81", " 0-0:80/tcp| 0-0:81/tcp")]
    [InlineData("8000-8010:80", " 8000-8010:80/tcp")]
    public void A_short_port_is_read(string written, string expected) =>
        Assert.Equal(expected, string.Join('|', LoadedStack.App($"ports: ['{written}']").Service().Ports.Select(port => $"{port.HostAddress} {port.Published}-{port.PublishedEnd}:{port.Target}/{port.Protocol}")));

    [Fact]
    public void A_long_port_is_read() =>
        Assert.Equal(new PortSpec { Target = 80, Published = 8080, PublishedEnd = 8080, HostAddress = "127.0.0.1", Protocol = "udp", Span = default },
            LoadedStack.App("ports: [{ target: 80, published: '8080', host_ip: 127.0.0.1, protocol: udp, mode: host, name: web, app_protocol: http }]").Service().Ports[0]);

    [Theory]
    [InlineData("'0:80'")]
    [InlineData("'80:70000'")]
    [InlineData("'a:80'")]
    [InlineData("'80:80/ftp'")]
    [InlineData("'1-3:1-2'")]
    [InlineData("'300.1.1.1:80:80'")]
    [InlineData("''")]
    public void A_port_that_cannot_be_read_is_an_error(string port) => Assert.Equal(4, LoadedStack.App($"ports: [{port}]").Only("HS1145").Span?.Line);

    [Theory]
    [InlineData("/anonymous", "Volume  /anonymous")]
    [InlineData("data:/d", "Volume data /d")]
    [InlineData("data:/d:ro", "Volume data /d ro")]
    [InlineData("data:/d:nocopy", "Volume data /d nocopy")]
    [InlineData("./a/../b:/d", "Bind stacks/b /d make")]
    [InlineData("../a:/d", "Bind a /d make")]
    [InlineData("../../a:/d", "Bind ../a /d make")]
    [InlineData("/a//b/:/d/", "Bind /a/b /d make")]
    [InlineData("~/a:/d", "Bind /home/ana/a /d make")]
    [InlineData(".:/d:cached", "Bind stacks /d make")]
    [InlineData("./a:/d:ro,Z,rslave", "Bind stacks/a /d make ro Z rslave")]
    public void A_short_volume_is_read(string written, string expected) => Assert.Equal(expected, Shown(
        LoadedStack.With(new Dictionary<string, string> { ["HOME"] = "/home/ana" }, [], $"services: {{ app: {{ image: x, volumes: ['{written}'] }} }}\nvolumes: {{ data: }}").Service().Volumes[0]));

    [Theory]
    [InlineData("type: bind, source: ./a, target: /d, read_only: true", "Bind stacks/a /d ro")]
    [InlineData("type: bind, source: ./a, target: /d, bind: { propagation: shared }", "Bind stacks/a /d make shared")]
    [InlineData("type: bind, source: ./a, target: /d, bind: { create_host_path: false, selinux: z }", "Bind stacks/a /d z")]
    [InlineData("type: volume, source: data, target: /d, volume: { nocopy: true, subpath: s }", "Volume data /d nocopy sub=s")]
    [InlineData("type: tmpfs, target: /d, tmpfs: { size: 64m, mode: 01777 }", "Tmpfs  /d size=67108864 mode=1023")]
    public void A_long_volume_is_read(string written, string expected) => Assert.Equal(expected, Shown(LoadedStack.App($"volumes: [{{ {written} }}]").Service().Volumes[0]));

    [Theory]
    [InlineData("'a::/d'", "HS1146")]
    [InlineData("'a:/b:ro:x'", "HS1146")]
    [InlineData("'C:\\a:/d'", "HS1146")]
    [InlineData("'./a:relative'", "HS1146")]
    [InlineData("'./a:/d:roo'", "HS1146")]
    [InlineData("'~/a:/d'", "HS1127")]
    [InlineData("{ type: npipe, source: a, target: /d }", "HS1140")]
    [InlineData("{ type: image, source: a, target: /d }", "HS1140")]
    [InlineData("{ type: bind, target: /d }", "HS1025")]
    [InlineData("{ source: a, target: /d }", "HS1025")]
    [InlineData("{ type: bind, source: a, target: /d, bind: { recursive: disabled } }", "HS1140")]
    public void A_volume_that_cannot_be_read_is_an_error(string volume, string code) => Assert.Contains(code, LoadedStack.App($"volumes: [{volume}]").Codes);

    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("a \"b c\" 'd e'", "a|b c|d e")]
    [InlineData("a\\ b", "a b")]
    [InlineData("a\"b\"c", "abc")]
    [InlineData("a \"\" b", "a||b")]
    [InlineData("sh -c \"x && y; z\"", "sh|-c|x && y; z")]
    public void A_command_line_is_split_into_words(string written, string expected)
    {
        var loaded = LoadedStack.App($"command: >-\n  {written}");
        Assert.Equal(expected, string.Join('|', loaded.Service().Command ?? []));
        Assert.Empty(loaded.Diagnostics);
    }

    [Fact]
    public void A_command_may_be_a_list_empty_or_absent()
    {
        Assert.Equal(["a b", "1"], LoadedStack.App("command: ['a b', 1]").Service().Command);
        Assert.Equal([], LoadedStack.App("command: []").Service().Command);
        Assert.Equal([], LoadedStack.App("command: ''").Service().Command);
        Assert.Null(LoadedStack.App("command: null").Service().Command);
    }

    [Fact]
    public void An_open_quote_is_an_error_and_a_shell_operator_a_warning()
    {
        Assert.Contains("HS1144", LoadedStack.App("command: a \"b").Codes);
        Assert.Equal(Severity.Warning, LoadedStack.App("command: a && b").Only("HS1143").Severity);
    }

    [Theory]
    [InlineData("external_links: [a]")]
    [InlineData("post_start: [{ command: x }]")]
    [InlineData("pre_stop: [{ command: x }]")]
    [InlineData("credential_spec: { file: x }")]
    [InlineData("isolation: hyperv")]
    [InlineData("provider: { type: x }")]
    [InlineData("models: [m]")]
    [InlineData("use_api_socket: true")]
    [InlineData("cpu_count: 2")]
    [InlineData("blkio_config: { device_read_bps: [{ path: /dev/sda, rate: 1 }] }")]
    [InlineData("build: { context: ., secrets: [s] }")]
    [InlineData("build: { context: ., additional_contexts: { a: b } }")]
    [InlineData("build: https://github.com/a/b.git")]
    [InlineData("pull_policy: daily")]
    [InlineData("networks: { default: { gw_priority: 1 } }")]
    public void A_key_that_would_change_the_meaning_is_refused(string keys)
    {
        var diagnostic = LoadedStack.App(keys).Only("HS1140");
        Assert.Equal((Severity.Error, 4), (diagnostic.Severity, diagnostic.Span?.Line));
    }

    [Theory]
    [InlineData("develop: { watch: [{ path: ., action: sync, target: /x }] }")]
    [InlineData("deploy: { placement: { constraints: [a] } }")]
    [InlineData("deploy: { update_config: { parallelism: 1 } }")]
    [InlineData("deploy: { mode: global }")]
    [InlineData("deploy: { restart_policy: { condition: any, delay: 5s } }")]
    [InlineData("build: { context: ., cache_to: [x] }")]
    public void A_key_without_harm_is_let_be_with_a_warning(string keys) => Assert.Equal(Severity.Warning, LoadedStack.App(keys).Only("HS1141").Severity);

    [Theory]
    [InlineData("ports: 80", "HS1021")]
    [InlineData("hostname: [a]", "HS1021")]
    [InlineData("privileged: maybe", "HS1021")]
    [InlineData("environment: text", "HS1021")]
    [InlineData("environment: [{ A: 1 }]", "HS1021")]
    [InlineData("healthcheck: { interval: soon }", "HS1022")]
    [InlineData("mem_limit: much", "HS1022")]
    [InlineData("oom_score_adj: 5000", "HS1023")]
    [InlineData("mem_swappiness: 101", "HS1023")]
    [InlineData("cgroup: mine", "HS1024")]
    [InlineData("restart: sometimes", "HS1024")]
    [InlineData("depends_on: { a: { condition: service_helthy } }", "HS1024")]
    [InlineData("depends_on: { a: {} }", "HS1025")]
    [InlineData("healthcheck: { test: [curl, x] }", "HS1154")]
    [InlineData("cpus: lots", "HS1150")]
    [InlineData("extra_hosts: [alone]", "HS1150")]
    [InlineData("gpus: some", "HS1150")]
    [InlineData("ulimits: { nofile: { soft: 1 } }", "HS1025")]
    [InlineData("x-homestack: { prot: 80 }", "HS1020")]
    [InlineData("x-homestack: { sign-in: maybe }", "HS1024")]
    [InlineData("x-homestack: { port: 0 }", "HS1023")]
    [InlineData("x-homestack: { adopt: abc }", "HS1150")]
    [InlineData("x-homestack: { secrets: { A: 'Not valid' } }", "HS1150")]
    public void A_value_of_the_wrong_kind_is_an_error_that_says_what_was_expected(string keys, string code) =>
        Assert.Contains(LoadedStack.App(keys).Diagnostics, diagnostic => diagnostic.Code == code && diagnostic.Span?.Line >= 4 && diagnostic.Path.StartsWith("services.app", StringComparison.Ordinal));

    private static string Shown(MountSpec mount) => string.Join(' ', new[]
    {
        $"{mount.Kind}", mount.Source.Value, mount.Target.Value, mount.CreatesHostPath ? "make" : null, mount.IsReadOnly ? "ro" : null, mount.IsNoCopy ? "nocopy" : null,
        mount.SelinuxLabel.Length > 0 ? mount.SelinuxLabel : null, mount.Propagation.Length > 0 ? mount.Propagation : null, mount.SubPath.Length > 0 ? "sub=" + mount.SubPath : null,
        mount.TmpfsSize is { } size ? "size=" + size.Bytes : null, mount.TmpfsMode is { } mode ? "mode=" + mode : null,
    }.Where(piece => piece is not null));
}
