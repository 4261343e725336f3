using System.Text.Json;
using System.Text.RegularExpressions;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Faults;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.Homes;
using Homestack.Tests.Hostile;

namespace Homestack.EndToEnd.Secrecy;

/// <summary>Whatever a manifest says, it is never run: the kernel is asked which programs were started, and with which words.</summary>
public sealed partial class ShellTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const int PayloadsOfEach = 30;

    [Fact]
    public async Task Three_hundred_hostile_texts_start_no_shell_and_reach_the_engine_as_they_are()
    {
        await engine.ImportAsync("test/app:1");
        using var files = new TemporaryHome();
        var command = new HomestackProcess(files.StateFolder, engine.Address);
        string[] payloads = [.. Payloads.All.Where(IsText)];
        files.Write("homestack.yaml", "homestack: 1\nhome: shell\nstacks: [stacks/main.yaml]\n").Write("stacks/main.yaml", Stack(payloads));
        try
        {
            var plan = files.Beside("plan.json");
            Assert.Empty(await StartedAsync(files, command, 0, "validate", files.Folder));
            Assert.Empty(await StartedAsync(files, command, 2, "plan", files.Folder, "--out", plan));
            Assert.Empty(await StartedAsync(files, command, 0, "apply", plan, "--yes"));
            Assert.Empty(await StartedAsync(files, command, 0, "render", files.Folder, "--to", "compose"));
            Assert.Empty(await StartedAsync(files, command, 0, "status"));
            var started = Assert.Single(await WatchedAsync(files, command));
            Assert.Equal(["homestack-engine", "--state", files.StateFolder, "--log"], [Path.GetFileName(started[0]), .. started[1..4]]);
            Assert.Equal(5, started.Length);

            await ReachedAsync(payloads);
            Assert.False(File.Exists(Path.Combine(files.Folder, "pwned")) || File.Exists("pwned"), "a payload was run");
            Figures.Record("C3", $"{payloads.Length} texts in environment, command, labels and health checks of a home: 6 verbs traced, 0 shells, 1 program started, with its five words; every text reached the engine as it was");
        }
        finally
        {
            await command.StopEngineAsync(Signals.Kill);
            await engine.EmptyAsync();
        }
    }

    [Fact]
    public async Task Texts_that_are_refused_start_nothing_either()
    {
        using var files = new TemporaryHome();
        var command = new HomestackProcess(files.StateFolder, engine.Address);
        foreach (var (number, payload) in Payloads.All.Where(payload => payload.Contains('$') || payload.Contains("touch", StringComparison.Ordinal)).Take(Figures.IsLong ? 300 : 12).Index())
        {
            var text = JsonSerializer.Serialize(payload);
            files.Write("homestack.yaml", $"homestack: 1\nhome: {text}\ndomain: {text}\nstacks: [{text}, stacks/{number}.yaml]\n").Write($"stacks/{number}.yaml", $"services: {{ {text}: {{ image: {text}, build: {text}, env_file: {text}, extends: {text} }} }}\n");
            Assert.Empty(await StartedAsync(files, command, 1, "plan", files.Folder));
        }
    }

    [Fact]
    public async Task The_trace_sees_a_shell()
    {
        using var files = new TemporaryHome();
        var trace = files.Beside("trace");
        (await RunningProgram.RunAsync([.. Strace.Programs(trace), "sh", "-c", "true; /bin/echo \"a b\""], TimeSpan.FromSeconds(20))).Expect(0);
        Assert.Equal([["sh", "-c", "true; /bin/echo \"a b\""], ["/bin/echo", "a b"]], Read(trace));
    }

    /// <summary>Ten services that take thirty texts each, wherever a person may write any text; dollar signs as Compose wants them.</summary>
    private static string Stack(string[] payloads)
    {
        string Quote(string payload) => JsonSerializer.Serialize(payload.Replace("$", "$$", StringComparison.Ordinal));
        return "services:\n" + string.Concat(payloads.Chunk(PayloadsOfEach).Select((some, number) => $$"""
              app{{number}}:
                image: test/app:1
                stop_grace_period: 0s
                entrypoint: [sh, -c, "exec sleep 100000"]
                command: [{{string.Join(", ", some.Select(Quote))}}]
                environment: { {{string.Join(", ", some.Select((payload, index) => $"V{index}: {Quote(payload)}"))}} }
                labels: { {{string.Join(", ", some.Select((payload, index) => $"label{index}: {Quote(payload)}"))}} }
                healthcheck: { test: [CMD, "true", {{string.Join(", ", some.Select(Quote))}}], interval: 500ms }

            """));
    }

    private async Task ReachedAsync(string[] payloads)
    {
        var chunks = payloads.Chunk(PayloadsOfEach).ToArray();
        foreach (var (number, some) in chunks.Index())
        {
            var there = (await engine.Api.GetAsync($"containers/shell-main-app{number}/json"))["Config"];
            Assert.Equal(some, there?["Cmd"]?.AsArray().Select(word => (string?)word ?? ""));
            Assert.Equal(["CMD", "true", .. some], there?["Healthcheck"]?["Test"]?.AsArray().Select(word => (string?)word ?? "") ?? []);
            var environment = there?["Env"]?.AsArray().Select(word => (string?)word ?? "").ToHashSet() ?? [];
            Assert.All(some.Index(), payload => Assert.Contains($"V{payload.Index}={payload.Item}", environment));
            Assert.All(some.Index(), payload => Assert.Equal(payload.Item, (string?)there?["Labels"]?[$"label{payload.Index}"]));
        }
    }

    /// <summary>The words of every program that was started by a call, but for the call itself.</summary>
    private static async Task<IReadOnlyList<string[]>> StartedAsync(TemporaryHome files, HomestackProcess command, int code, params string[] arguments)
    {
        var trace = files.Beside("trace");
        (await command.Under(Strace.Programs(trace)).RunAsync(TimeSpan.FromMinutes(2), arguments)).Expect(code);
        var all = Read(trace);
        Assert.Equal([Repository.Program, .. arguments, "--state", files.StateFolder], all[0]);
        return [.. all.Skip(1)];
    }

    /// <summary>The same for an <c>up</c> that leaves an engine in the background: the trace goes on until that one is ended.</summary>
    private static async Task<IReadOnlyList<string[]>> WatchedAsync(TemporaryHome files, HomestackProcess command)
    {
        var trace = files.Beside("trace");
        await using var traced = command.Under(Strace.Programs(trace)).Start("up", files.Folder, "-d", "--yes");
        await Eventually.BecomesTrueAsync(() => File.Exists(EngineAddress.SocketOf(files.StateFolder)), TimeSpan.FromSeconds(60), "the background engine listens");
        await command.StopEngineAsync();
        (await traced.EndAsync(TimeSpan.FromSeconds(30))).Expect(0);
        return [.. Read(trace).Skip(1)];
    }

    private static IReadOnlyList<string[]> Read(string trace) => [.. File.ReadLines(trace).Select(line => Started().Match(line)).Where(match => match.Success)
        .Select(match => Word().Matches(match.Groups["words"].Value).Select(word => Regex.Unescape(word.Groups["word"].Value)).ToArray())];

    /// <summary>What a Compose file can hold and an engine takes: no zero, no half letters, no control characters but line ends and tabs.</summary>
    private static bool IsText(string payload) => payload.Length > 0 && !payload.Any(letter => char.IsSurrogate(letter) || (char.IsControl(letter) && letter is not ('\n' or '\t')) || letter is '\ufeff' or '\uffff' or '\u2028' or '\u2029' or '\u0085');

    [GeneratedRegex("""execve(at)?\((?:"(?:[^"\\]|\\.)*"), \[(?<words>(?:"(?:[^"\\]|\\.)*"(?:, )?)*)\], .*\) = 0$""")]
    private static partial Regex Started();

    [GeneratedRegex("""
        "(?<word>(?:[^"\\]|\\.)*)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Word();
}
