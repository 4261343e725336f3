using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Faults;

/// <summary>The tool that kills and fails does kill and fail, and counts what it should.</summary>
public sealed class StraceTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TemporaryHome files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Kills_at_the_chosen_call_and_not_at_one_that_never_comes()
    {
        var program = new[] { "/bin/echo", "hello" };
        Assert.True((await RunningProgram.RunAsync([.. Strace.Kill("write", 1), .. program], Limit)).IsKilled);
        Assert.Equal(0, (await RunningProgram.RunAsync([.. Strace.Kill("write", 1000), .. program], Limit)).ExitCode);
    }

    [Fact]
    public async Task Fails_a_call_about_one_path_and_no_other()
    {
        files.Write("a", "text").Write("b", "text");
        var prefix = Strace.Fail(new InjectedFault("openat", "EIO", 1, IsSticky: true), [files.Folder + "/a"]);
        var refused = await RunningProgram.RunAsync([.. prefix, "cat", files.Folder + "/a"], Limit);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Input/output error", refused.Error, StringComparison.Ordinal);
        Assert.Equal("text", (await RunningProgram.RunAsync([.. prefix, "cat", files.Folder + "/b"], Limit)).Output);
    }

    [Fact]
    public async Task Counts_what_was_made_durable_and_where()
    {
        var trace = files.Beside("trace");
        files.Write("a", "text");
        (await RunningProgram.RunAsync([.. Strace.Count(trace), "sync", files.Folder + "/a"], Limit)).Expect(0);
        Assert.Equal(1, Strace.StoreThread(trace)["fsync"]);
        Assert.Contains(files.Folder + "/a", Strace.PathsBelow(files.Folder, trace));
    }
}
