using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;

namespace Homestack.Tests.Manifests.Yaml;

public sealed class MappingReaderTests
{
    private readonly DiagnosticBag diagnostics = [];

    [Fact]
    public void Reads_typed_values_with_their_places()
    {
        var reader = Read("name: web\nport: 8080\nwait: 1m30s\nsize: 2GiB\non: yes\nlist: [a, 2]\nmap: { k: v }\n");

        Assert.Equal("web", reader.Text("name")?.Value);
        Assert.Equal("test.yaml:2:7", reader.Port("port")?.Span.ToString());
        Assert.Equal(TimeSpan.FromSeconds(90), reader.Duration("wait")?.Value);
        Assert.Equal(new ByteSize(2L << 30), reader.Bytes("size")?.Value);
        Assert.True(reader.Bool("on")?.Value);
        Assert.Equal(["a", "2"], reader.TextList("list")?.Select(item => item.Value));
        Assert.Equal("v", reader.TextMap("map")?["k"].Value);
        reader.Finish();
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Reports_a_key_nobody_asked_for_with_the_nearest_known_one()
    {
        var reader = Read("imgae: nginx\nx-mine: 1\n");

        Assert.Null(reader.Text("image"));
        reader.FinishExceptExtensions();

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal("test.yaml:1:1: error HS1020: Unknown key. \"imgae\" means nothing here. Did you mean \"image\"?", diagnostic.ToString());
        Assert.Equal("imgae", diagnostic.Path);
    }

    [Fact]
    public void Treats_a_key_without_a_value_as_absent()
    {
        var reader = Read("a:\nb: ~\nc: \"\"\n");

        Assert.Null(reader.Text("a"));
        Assert.Null(reader.Mapping("b"));
        Assert.Equal("", reader.Text("c")?.Value);
        Assert.True(reader.Has("a"));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("port: 0", "HS1023")]
    [InlineData("port: 65536", "HS1023")]
    [InlineData("port: web", "HS1021")]
    [InlineData("port: [80]", "HS1021")]
    [InlineData("port: 99999999999999999999", "HS1021")]
    [InlineData("port: !mine 80", "HS1026")]
    public void Says_what_was_expected_instead_of_a_port(string text, string code)
    {
        Assert.Null(Read(text).Port("port"));
        Assert.Equal(code, Assert.Single(diagnostics).Code);
    }

    [Theory]
    [InlineData("99999999999999999999999t")]
    [InlineData("1.5x")]
    [InlineData("")]
    public void Refuses_sizes_that_do_not_fit(string text)
    {
        Assert.Null(Read($"size: \"{text}\"").Bytes("size"));
        Assert.Equal("HS1022", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Names_the_choices_and_the_nearest_one()
    {
        var choices = new[] { "report", "repair" }.ToValueMap(word => word, word => word.Length);

        Assert.Null(Read("reconcile: repiar").Choice("reconcile", choices));
        Assert.Equal("\"repiar\" is not one of repair, report. Did you mean \"repair\"?", Assert.Single(diagnostics).Detail);
    }

    private MappingReader Read(string text)
    {
        var node = YamlReader.Read(new("test.yaml", text), diagnostics);
        Assert.NotNull(node);
        return MappingReader.Of(node, "", diagnostics) ?? throw new InvalidOperationException("The test's text is no mapping.");
    }
}
