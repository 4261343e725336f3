using Homestack.Machine;

namespace Homestack.Tests.Machine;

public sealed class CommandRunnerTests
{
    private readonly CommandRunner runner = new();

    [Fact]
    public async Task Hands_over_arguments_input_and_environment_as_they_are()
    {
        var line = new CommandLine("sh", ["-c", "cat; printf '%s|%s' \"$1\" \"$NAME\"; exit 3", "sh", "$(id); 'a b'"])
        {
            Input = "in "u8.ToArray(),
            Environment = Homestack.Collections.ValueMap<string>.Empty.With("NAME", "`x`"),
        };

        var result = await runner.RunAsync(line, TestContext.Current.CancellationToken);

        Assert.Equal((3, "in $(id); 'a b'|`x`"), (result.ExitCode, result.OutputText));
    }

    [Fact]
    public async Task Stops_a_program_and_its_children_after_the_time_limit()
    {
        var line = new CommandLine("sh", ["-c", "sleep 60 & sleep 60"]) { Timeout = TimeSpan.FromMilliseconds(200) };

        Assert.Equal(MachineFailure.TimedOut, (await Assert.ThrowsAsync<MachineException>(() => runner.RunAsync(line, TestContext.Current.CancellationToken))).Kind);
    }

    [Fact]
    public async Task Stops_a_program_that_writes_too_much()
    {
        var line = new CommandLine("cat", ["/dev/zero"]) { OutputLimit = 1000 };

        Assert.Contains("1,000 bytes", (await Assert.ThrowsAsync<MachineException>(() => runner.RunAsync(line, TestContext.Current.CancellationToken))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_program_is_not_there()
    {
        var missing = await Assert.ThrowsAsync<MachineException>(() => runner.RunAsync(new("no-such-program", []), TestContext.Current.CancellationToken));

        Assert.Equal(MachineFailure.NotFound, missing.Kind);
    }
}
