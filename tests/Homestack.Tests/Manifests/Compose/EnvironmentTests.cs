namespace Homestack.Tests.Manifests.Compose;

public sealed class EnvironmentTests
{
    private static string? Value(string file, string name = "A")
    {
        var loaded = LoadedStack.App("env_file: app.env", ("stacks/app.env", file));
        return loaded.Service().Environment.TryGetValue(name, out var value) ? value.Value.Reveal(secret => $"<{secret}>") : null;
    }

    [Theory]
    [InlineData("A=plain", "plain")]
    [InlineData("A = spaced ", "spaced")]
    [InlineData("export A=exported", "exported")]
    [InlineData("A=", "")]
    [InlineData("A=a=b", "a=b")]
    [InlineData("A=value # comment", "value")]
    [InlineData("A=value#no comment", "value#no comment")]
    [InlineData("A=\"two words # kept\"", "two words # kept")]
    [InlineData("A='lit $B \\n'", "lit $B \\n")]
    [InlineData("A=\"line\\nbreak\\ttab\"", "line\nbreak\ttab")]
    [InlineData("A=\"say \\\"hi\\\"\"", "say \"hi\"")]
    [InlineData("A=\"first\nsecond\"", "first\nsecond")]
    [InlineData("A='it\\'s'", "it's")]
    [InlineData("A: yaml", "yaml")]
    [InlineData("\uFEFF# bom\r\nA=windows\r\n", "windows")]
    [InlineData("B=1\nA=$B-${B}-${C:-3}", "1-1-3")]
    [InlineData("A=first\nA=last", "last")]
    [InlineData("A=$$5", "$5")]
    [InlineData("A=${secret:db}", "<db>")]
    public void A_line_of_an_env_file_is_read(string file, string expected) => Assert.Equal(expected, Value(file));

    [Theory]
    [InlineData("A=\"open", 1)]
    [InlineData("B=1\n=value", 2)]
    [InlineData("B=1\n\nA B=2", 3)]
    [InlineData("A=\"x\" y", 1)]
    [InlineData("export ", 1)]
    public void A_line_that_cannot_be_read_is_an_error_with_its_place(string file, int line)
    {
        var diagnostic = LoadedStack.App("env_file: app.env", ("stacks/app.env", file)).Only("HS1120");
        Assert.Equal(("stacks/app.env", line), (diagnostic.Span?.Source.Path, diagnostic.Span?.Line));
    }

    [Fact]
    public void A_missing_env_file_is_an_error_unless_it_may_be_missing()
    {
        Assert.Equal("stacks/photos.yaml:4:15", LoadedStack.App("env_file: none.env").Only("HS1100").Span.ToString());
        LoadedStack.App("env_file: [{ path: none.env, required: false }]").Service();
    }

    [Fact]
    public void A_raw_env_file_is_taken_character_by_character() =>
        Assert.Equal("\"$B\" # x", LoadedStack.App("env_file: [{ path: app.env, format: raw }]", ("stacks/app.env", "A=\"$B\" # x")).Service().Environment["A"].Value.Reveal(_ => ""));

    [Fact]
    public void Later_files_and_the_environment_key_win()
    {
        var service = LoadedStack.App("env_file: [a.env, b.env]\nenvironment: { C: 3 }", ("stacks/a.env", "A=1\nB=1\nC=1"), ("stacks/b.env", "B=2\nC=2")).Service();
        Assert.Equal(["1", "2", "3"], service.Environment.Values.Select(value => value.ToString()));
    }

    [Fact]
    public void A_name_alone_is_taken_from_outside_or_left_out()
    {
        var environment = new Dictionary<string, string> { ["HOST"] = "h" };
        foreach (var keys in (string[])["[HOST, NONE]", "{ HOST: , NONE: }"])
        {
            var service = LoadedStack.With(environment, [], $"services: {{ app: {{ image: x, environment: {keys} }} }}").Service();
            Assert.Equal("{HOST: h}", service.Environment.ToString());
        }
    }

    [Theory]
    [InlineData("5432", "5432", false)]
    [InlineData("022", "18", true)]
    [InlineData("'022'", "022", false)]
    [InlineData("3.10", "3.1", true)]
    [InlineData("0x1F", "31", true)]
    [InlineData("1_000", "1000", true)]
    [InlineData("true", "true", false)]
    [InlineData("yes", "yes", false)]
    [InlineData("1e3", "1000", true)]
    [InlineData("2024-01-01", "2024-01-01", false)]
    [InlineData("10.0.0.1", "10.0.0.1", false)]
    [InlineData("-1", "-1", false)]
    public void A_number_becomes_what_the_reference_makes_of_it_and_says_so(string written, string expected, bool warns)
    {
        var loaded = LoadedStack.App($"environment: {{ A: {written} }}");
        Assert.Equal(expected, loaded.Service().Environment["A"].ToString());
        Assert.Equal(warns, loaded.Codes.Contains("HS1142"));
    }
}
