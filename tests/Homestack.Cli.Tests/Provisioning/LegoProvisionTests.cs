using Homestack.Blueprints;
using Homestack.Cli.Commands;
using Homestack.Cli.Provisioning;
using Homestack.Machine;

namespace Homestack.Cli.Tests.Provisioning;

/// <summary>The program that asks public issuers is installed when a home wants it, after a question, and its absence stops nobody.</summary>
public sealed class LegoProvisionTests
{
    private static readonly Blueprint Wanting = new() { Home = "krynet", Certificates = new() { Issuer = "Test", Directory = "https://ca.example/dir", Email = "a@example.org" } };

    [Fact]
    public async Task It_is_installed_after_a_yes()
    {
        var (said, ran) = await EnsureAsync(Wanting, "y\n");

        Assert.Contains("lego, which asks public issuers for certificates, is not installed", said, StringComparison.Ordinal);
        Assert.Equal(["apt-get update -qq", "apt-get install -y -qq --no-install-recommends lego"], ran);
    }

    [Fact]
    public async Task A_no_installs_nothing() => Assert.Empty((await EnsureAsync(Wanting, "n\n")).Ran);

    [Fact]
    public async Task A_user_without_rights_is_told_the_command()
    {
        var (said, ran) = await EnsureAsync(Wanting, "", isRoot: false);

        Assert.Contains("sudo apt-get install lego", said, StringComparison.Ordinal);
        Assert.Empty(ran);
    }

    [Fact]
    public async Task A_home_that_does_not_want_it_hears_nothing() => Assert.Empty(Words(await EnsureAsync(new() { Home = "krynet" }, "y\n")));

    [Fact]
    public async Task One_that_is_there_is_left_as_it_is() => Assert.Empty(Words(await EnsureAsync(Wanting, "y\n", exists: true)));

    [Fact]
    public async Task A_failure_is_said_and_is_no_reason_to_stop() =>
        Assert.Contains("comes up with its own certificate", (await EnsureAsync(Wanting, "y\n", code: 100)).Said, StringComparison.Ordinal);

    private static IEnumerable<string> Words((string Said, string[] Ran) result) => result.Ran.Prepend(result.Said).Where(words => words.Length > 0);

    private static async Task<(string Said, string[] Ran)> EnsureAsync(Blueprint blueprint, string input, bool isRoot = true, bool exists = false, int code = 0)
    {
        var terminal = new Terminal(input, isTerminal: true);
        terminal.Io = terminal.Io with { IsRoot = isRoot };
        var runner = new Recorder(code);
        await new LegoProvision(new Call(terminal.Io) { StateFolder = "/nonexistent" }, new() { Exists = _ => exists, Runner = runner }).EnsureForAsync(blueprint, TestContext.Current.CancellationToken);
        return (terminal.Output, [.. runner.Ran]);
    }

    private sealed class Recorder(int code) : CommandRunner
    {
        public List<string> Ran { get; } = [];

        public override Task<CommandResult> RunAsync(CommandLine line, CancellationToken cancellationToken)
        {
            Ran.Add(line.ToString());
            return Task.FromResult(new CommandResult(code, [], "no network"u8.ToArray()));
        }
    }
}
