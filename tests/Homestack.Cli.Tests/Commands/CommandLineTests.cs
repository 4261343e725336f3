using Homestack.Cli.Commands;

namespace Homestack.Cli.Tests.Commands;

public sealed class CommandLineTests
{
    public static TheoryData<string> EveryVerb() => [.. Verbs.Build(new Terminal().Io).Subcommands.Select(verb => verb.Name)];

    [Theory, MemberData(nameof(EveryVerb))]
    public async Task Every_verb_has_help_with_examples(string verb)
    {
        var terminal = new Terminal();
        Assert.Equal(ExitCode.Fine, await terminal.RunAsync(verb, "--help"));
        Assert.Contains("Examples:", terminal.Output);
        Assert.Contains($"homestack {verb}", terminal.Output[terminal.Output.IndexOf("Examples:", StringComparison.Ordinal)..]);

        var other = new Terminal();
        Assert.Equal(ExitCode.Fine, await other.RunAsync("help", verb));
        Assert.Equal(terminal.Output, other.Output);
    }

    [Fact]
    public async Task Nothing_at_all_shows_the_help()
    {
        var terminal = new Terminal();
        Assert.Equal(ExitCode.Fine, await terminal.RunAsync());
        Assert.Contains("Usage:", terminal.Output);
    }

    [Fact]
    public async Task An_unknown_verb_is_an_error_on_standard_error()
    {
        var terminal = new Terminal();
        Assert.Equal(ExitCode.Error, await terminal.RunAsync("frobnicate"));
        Assert.Contains("frobnicate", terminal.Error);
        Assert.Empty(terminal.Output);
    }

    [Fact]
    public async Task A_response_file_is_only_a_word()
    {
        var terminal = new Terminal();
        Assert.Equal(ExitCode.Error, await terminal.RunAsync("version", "@/etc/passwd"));
        Assert.DoesNotContain("root:", terminal.Error);
    }

    [Fact]
    public async Task The_version_is_also_JSON()
    {
        var terminal = new Terminal();
        Assert.Equal(ExitCode.Fine, await terminal.RunAsync("version", "--json"));
        Assert.Equal($$"""{"version":"{{VersionCommand.Number}}"}""", terminal.Output.TrimEnd());
    }
}
