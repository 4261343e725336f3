using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Cli;

/// <summary>The verbs about one service, on a real engine, as a script calls them.</summary>
public sealed class ServiceVerbTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    [Fact]
    public async Task A_service_can_be_read_entered_started_anew_and_stopped()
    {
        await engine.ImportAsync("test/app:1");
        using var home = new TemporaryHome();
        home.Write("homestack.yaml", "homestack: 1\nhome: verbs\nstacks: [stacks/main.yaml]\n");
        home.Write("stacks/main.yaml", new StackText().Service("talker", "test/app:1", ["command: [sh, -c, \"echo first; echo second; echo third >&2; sleep 100000\"]"]).ToString());
        var command = new HomestackProcess(home.StateFolder, engine.Address);
        Task<CallResult> ExecAsync(params IEnumerable<string> program) => RunningProgram.RunAsync(
            [Repository.Program, "exec", "talker", "--state", home.StateFolder, "--", .. program], TimeSpan.FromSeconds(30), new Dictionary<string, string?> { ["DOCKER_HOST"] = engine.Address });

        (await command.RunAsync("up", home.Folder, "-d", "--yes")).Expect(0);
        try
        {
            var all = (await command.RunAsync("logs", "talker")).Expect(0);
            Assert.Equal("first\nsecond\n", all.Output);
            Assert.Equal("third\n", all.Error);
            Assert.Single((await command.RunAsync("logs", "main/talker", "--tail", "1")).Expect(0).Said.Split('\n', StringSplitOptions.RemoveEmptyEntries));

            Assert.Equal("inside\n", (await ExecAsync("echo", "inside")).Expect(0).Output);
            (await ExecAsync("sh", "-c", "exit 7")).Expect(7);

            // What reads its input to the end ends when the caller's input does.
            Assert.Equal("", (await ExecAsync("cat")).Expect(0).Output);

            (await command.RunAsync("restart", "talker")).Expect(0);
            Assert.StartsWith("first\nsecond\nfirst\n", (await command.RunAsync("logs", "talker")).Expect(0).Output, StringComparison.Ordinal);
            Assert.Contains("Did you mean \"talker\"", (await command.RunAsync("logs", "talke")).Expect(1).Error, StringComparison.Ordinal);
            (await command.RunAsync("doctor")).Expect(0);

            var down = (await command.RunAsync("down", "--yes")).Expect(0);
            Assert.Contains("verbs is stopped", down.Output, StringComparison.Ordinal);
            Assert.Equal("[]", (await engine.Api.GetAsync("containers/json?all=true")).ToJsonString());
        }
        finally
        {
            await command.StopEngineAsync();
        }
    }

    [Fact]
    public async Task An_engine_that_was_killed_goes_on_with_the_newest_generation()
    {
        await engine.ImportAsync("test/app:1");
        using var home = new TemporaryHome();
        home.Write("homestack.yaml", "homestack: 1\nhome: reborn\nreconcile: repair\nstacks: [stacks/main.yaml]\n");
        home.Write("stacks/main.yaml", new StackText().Worker("worker", "test/app:1").ToString());
        var command = new HomestackProcess(home.StateFolder, engine.Address);
        (await command.RunAsync("up", home.Folder, "-d", "--yes")).Expect(0);
        try
        {
            await command.StopEngineAsync(Signals.Kill);
            await engine.EmptyAsync();
            (await command.RunAsync("status")).Expect(2);
            await using var again = RunningProgram.Start([Path.Combine(Path.GetDirectoryName(Repository.Program) ?? "", "homestack-engine"), "--state", home.StateFolder],
                new Dictionary<string, string?> { ["DOCKER_HOST"] = engine.Address });
            await Eventually.BecomesTrueAsync(async () => (await command.RunAsync("status")).ExitCode == 0, TimeSpan.FromSeconds(60), "the new engine puts back what is gone");
        }
        finally
        {
            await command.StopEngineAsync();
            await engine.EmptyAsync();
        }
    }
}
