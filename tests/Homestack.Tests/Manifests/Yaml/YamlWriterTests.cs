using FsCheck;
using FsCheck.Fluent;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Tests.Manifests.Yaml;

public sealed class YamlWriterTests
{
    [Fact]
    public void Writes_blocks_with_two_spaces()
    {
        var root = new MappingWriter();
        root.Mapping("services", root.Empty().Mapping("web", root.Empty().Text("image", "nginx:1.25").Words("command", ["sh", "-c", "echo hi"]).Words("entrypoint", [])
            .Nodes("ports", [root.Empty().Number("target", 80L).Flag("open", true).ToNode()])));

        Assert.Equal("""
            services:
              web:
                image: nginx:1.25
                command:
                  - sh
                  - "-c"
                  - "echo hi"
                entrypoint: []
                ports:
                  - target: 80
                    open: true

            """, YamlWriter.Write(root.ToNode()));
    }

    [Theory]
    [InlineData("no"), InlineData("On"), InlineData("NULL"), InlineData("~"), InlineData(""), InlineData(" "), InlineData("y")]
    [InlineData("12:30"), InlineData("1e3"), InlineData("0x1F"), InlineData("010"), InlineData("-1"), InlineData(".5"), InlineData(".inf"), InlineData("2026-11-21"), InlineData("1_000")]
    [InlineData("="), InlineData("<<"), InlineData("---"), InlineData("..."), InlineData("- a"), InlineData("a: b"), InlineData("a:"), InlineData("a #b"), InlineData("#"), InlineData("*a"), InlineData("&a")]
    [InlineData("!a"), InlineData("%a"), InlineData("@a"), InlineData("`a"), InlineData("[a"), InlineData("{a"), InlineData("\"a\""), InlineData("'a'"), InlineData("a\\b"), InlineData("?"), InlineData("|"), InlineData(">")]
    [InlineData("a\nb\n"), InlineData("\ta"), InlineData("a\r"), InlineData("\u0085"), InlineData("\u2028"), InlineData("\ufeff"), InlineData("\u0000"), InlineData("\u007f"), InlineData("é"), InlineData("日本"), InlineData("😀")]
    public void Quotes_what_could_be_taken_for_something_else(string text)
    {
        var written = YamlWriter.Write(new MappingWriter().Written(text, text).ToNode());

        Assert.StartsWith("\"", written, StringComparison.Ordinal);
        Assert.All(written, letter => Assert.True(letter is '\n' or >= ' ' and < '\u2000' and not '\u007f' and not '\u0085', $"raw {(int)letter:X4}"));
    }

    [Theory]
    [InlineData("nginx"), InlineData("./data"), InlineData("/srv/media"), InlineData("ghcr.io/a/b:v2"), InlineData("sha256:abc"), InlineData("NAME"), InlineData("_x"), InlineData("unless-stopped"), InlineData("nothing")]
    public void Leaves_plain_words_alone(string text) => Assert.Equal($"{text}: {text}\n", YamlWriter.Write(new MappingWriter().Written(text, text).ToNode()));

    [Fact]
    public void Numbers_and_booleans_stay_what_they_are() =>
        Assert.Equal("a: 1.5\nb: -1\nc: false\n", YamlWriter.Write(new MappingWriter().Number("a", 1.50m).Number("b", -1L).Bool("c", false).ToNode()));

    [Fact]
    public void A_very_long_key_still_reads_back() =>
        Assert.StartsWith("? k", YamlWriter.Write(new MappingWriter().Written(new string('k', 5000), "v").ToNode()), StringComparison.Ordinal);

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        Prop.ForAll(Arb.From(Nodes(3)), node =>
        {
            var diagnostics = new DiagnosticBag();
            var read = YamlReader.Read(new SourceText("x.yaml", YamlWriter.Write(node)), diagnostics);
            return read is not null && !diagnostics.HasErrors && YamlWriter.IsSame(node, read);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static Gen<YamlNode> Nodes(int depth)
    {
        var root = new MappingWriter();
        var scalar = Texts().Select(text => (YamlNode)root.TextNode(text));
        if (depth == 0)
        {
            return scalar;
        }

        var list = Nodes(depth - 1).ListOf().Select(items => new MappingWriter().Node("x", null).Nodes("list", items.Take(4)).ToNode());
        var mapping = Gen.Zip(Texts(), Nodes(depth - 1)).ListOf().Select(pairs =>
            (YamlNode)pairs.Take(4).DistinctBy(pair => pair.Item1).Aggregate(new MappingWriter(), (writer, pair) => writer.Node(pair.Item1, pair.Item2)).ToNode());
        return Gen.OneOf(scalar, list.Select(node => (YamlNode)node), mapping);
    }

    private static Gen<string> Texts() => Gen.OneOf(
        Gen.Elements("no", "1", "a: b", "x\ny", "", "~", "- ", "${A}", "$$", "é😀", "\t", "a b ", "'", "\"", "\\", "<<", "plain", "0o7", "1:2"),
        ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(text => string.Concat(text.Item.Where(letter => !char.IsSurrogate(letter) && letter < '\ufffe'))));
}
