using Homestack.Diagnostics;
using Homestack.Manifests;
using Homestack.Manifests.Yaml;

namespace Homestack.Tests.Manifests;

public sealed class ManifestLoaderTests
{
    private readonly DiagnosticBag diagnostics = [];

    [Fact]
    public void A_folder_without_a_manifest_is_no_home()
    {
        Assert.Null(ManifestLoader.Load(new FolderInMemory(), LoadOptions.Empty, diagnostics));
        Assert.Equal("HS1300", Assert.Single(diagnostics).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("~\n")]
    public void An_empty_manifest_is_told_what_it_needs(string text)
    {
        Assert.Null(ManifestLoader.Load(new FolderInMemory(("homestack.yaml", text)), LoadOptions.Empty, diagnostics));
        Assert.Equal("HS1305", Assert.Single(diagnostics).Code);
    }

    [Theory]
    [InlineData("stacks/photos.yaml", "photos")]
    [InlineData("photos.YML", "photos")]
    [InlineData("office/compose.yaml", "office")]
    [InlineData("office/docker-compose.yml", "office")]
    [InlineData("compose.yaml", "compose")]
    public void A_stack_takes_its_name_from_its_file(string path, string name)
    {
        var manifest = ManifestLoader.Load(new FolderInMemory(Home($"stacks: [{path}]"), (path, Stack)), LoadOptions.Empty, diagnostics);

        Assert.Empty(diagnostics);
        Assert.Equal(name, Assert.Single(manifest?.Stacks ?? []).Name);
    }

    [Fact]
    public void Keeps_every_text_that_was_read_once()
    {
        var manifest = ManifestLoader.Load(new FolderInMemory(Home("stacks: [b.yaml, a.yaml]"), ("a.yaml", Stack), ("b.yaml", Stack)), LoadOptions.Empty, diagnostics);

        Assert.Equal(["a.yaml", "b.yaml", "homestack.yaml"], manifest?.Sources.Select(source => source.Path));
    }

    [Theory]
    [InlineData("stacks: [missing.yaml]", "HS1309", "homestack.yaml:3:10")]
    [InlineData("stacks: [folder]", "HS1304", "homestack.yaml:3:10")]
    [InlineData("stacks: [../out.yaml]", "HS1022", "homestack.yaml:3:10")]
    [InlineData("stacks: [/etc/passwd]", "HS1022", "homestack.yaml:3:10")]
    [InlineData("stacks: [Über.yaml]", "HS1322", "homestack.yaml:3:10")]
    [InlineData("domain: ${DOMAIN}", "HS1315", "homestack.yaml:3:9")]
    [InlineData("homestck: 2", "HS1020", "homestack.yaml:3:1")]
    [InlineData("domian: a.example", "HS1020", "homestack.yaml:3:1")]
    [InlineData("certificates: { credentials: { A_TOKEN: ${secret:a} } }", "HS1011", "homestack.yaml:3:41")]
    [InlineData("certificates: { credentials: { A: \"${secrets:a}\" } }", "HS1316", "homestack.yaml:3:35")]
    [InlineData("certificates: { credentials: { LD_PRELOAD: a.so } }", "HS1310", "homestack.yaml:3:32")]
    [InlineData("certificates: { credentials: { LEGO_PATH: /etc } }", "HS1310", "homestack.yaml:3:32")]
    [InlineData("certificates: { challenge: tls-alpn-01 }", "HS1024", "homestack.yaml:3:28")]
    [InlineData("certificates: { staging: true }", "HS1321", "homestack.yaml:3:26")]
    [InlineData("certificates: { issuer: \"http://ca.example/dir\" }", "HS1022", "homestack.yaml:3:25")]
    [InlineData("certificates: { resolvers: [dns.example] }", "HS1022", "homestack.yaml:3:29")]
    [InlineData("certificates: { issuer: letsencrypt, challenge: http-01 }", "HS1321", "homestack.yaml:3:25")]
    [InlineData("hosts: { a: { connect: \"ssh://-oProxyCommand=x\" } }", "HS1022", "homestack.yaml:3:24")]
    [InlineData("hosts: { a: { connect: tcp://a:2376 } }", "HS1321", "homestack.yaml:3:24")]
    [InlineData("sites: { a: { folder: ./a, proxy: http://b } }", "HS1320", "homestack.yaml:3:13")]
    [InlineData("sites: { a: { proxy: file:///etc/passwd } }", "HS1022", "homestack.yaml:3:22")]
    [InlineData("zones: { lan: 192.168.1.5/24 }", "HS1022", "homestack.yaml:3:15")]
    [InlineData("listen: { https: 80, http: 80 }", "HS1324", "homestack.yaml:3:28")]
    public void Points_at_what_is_wrong(string line, string code, string place)
    {
        ManifestLoader.Load(new FolderInMemory(Home(line), ("folder/compose.yaml", Stack)), LoadOptions.Empty, diagnostics);

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal((code, place), (diagnostic.Code, diagnostic.Span.ToString()));
    }

    [Fact]
    public void A_secret_in_clear_is_only_a_warning()
    {
        ManifestLoader.Load(new FolderInMemory(Home("certificates: { credentials: { CF_DNS_API_TOKEN: abc } }")), LoadOptions.Empty, diagnostics);

        Assert.Equal("HS1318", Assert.Single(diagnostics).Code);
        Assert.False(diagnostics.HasErrors);
        Assert.DoesNotContain("abc", diagnostics.First().ToString());
    }

    [Fact]
    public void Another_format_is_refused()
    {
        ManifestLoader.Load(new FolderInMemory(("homestack.yaml", "homestack: 2\nhome: a\n")), LoadOptions.Empty, diagnostics);

        Assert.Equal("HS1306", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void A_large_file_is_refused_by_its_size()
    {
        var reader = new FolderInMemory(("homestack.yaml", new string('#', (int)YamlBudget.FileBytes + 1)));

        Assert.Null(ManifestLoader.Load(reader, LoadOptions.Empty, diagnostics));
        Assert.Equal("HS1302", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void A_home_of_too_many_files_is_refused_once()
    {
        var paths = Enumerable.Range(0, 400).Select(i => $"s{i}.yaml").ToArray();
        var reader = new FolderInMemory([Home($"stacks: [{string.Join(", ", paths)}]"), .. paths.Select(path => (path, Stack))]);

        ManifestLoader.Load(reader, LoadOptions.Empty, diagnostics);

        Assert.Single(diagnostics, diagnostic => diagnostic.Code == "HS1307");
        Assert.InRange(reader.Reads, 1, 2 * BudgetedReader.MostFiles);
    }

    [Fact]
    public void A_home_of_too_much_text_is_refused_once()
    {
        var paths = Enumerable.Range(0, 8).Select(i => $"s{i}.yaml").ToArray();
        var large = Stack + "#" + new string('x', 3 << 20);
        var reader = new FolderInMemory([Home($"stacks: [{string.Join(", ", paths)}]"), .. paths.Select(path => (path, large))]);

        ManifestLoader.Load(reader, LoadOptions.Empty, diagnostics);

        Assert.Single(diagnostics, diagnostic => diagnostic.Code == "HS1308");
    }

    private const string Stack = "services:\n  web:\n    image: nginx:1.27\n";

    private static (string, string) Home(string lines) => HomeUnderTest.Home(lines);
}
