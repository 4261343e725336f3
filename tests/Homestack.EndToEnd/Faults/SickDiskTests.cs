using System.Diagnostics;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Stories;

namespace Homestack.EndToEnd.Faults;

/// <summary>A disk or a kernel that refuses: the apply says so and ends badly, never claims to be done, and converges when the machine is well again.</summary>
public sealed class SickDiskTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const int Drawn = 16, DrawnConnections = 6;
    private const long SmallDisk = 64 << 20;

    [Fact]
    public async Task A_call_that_fails_is_named_and_nothing_is_claimed_that_is_not_so()
    {
        await using var lab = await CountedAsync();
        await RunAsync(lab, "faults of the disk", InjectedFault.All(lab.StoreCalls), Drawn, Drawn / 3, paths => paths);
    }

    [Fact]
    public async Task A_connection_that_fails_is_named_and_nothing_is_claimed_that_is_not_so()
    {
        await using var lab = await CountedAsync();
        await RunAsync(lab, "failed connections", InjectedFault.All(new Dictionary<string, int> { ["connect"] = lab.Connections }), DrawnConnections, least: 1, _ => []);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_converges_when_there_is_room()
    {
        await engine.ImportAsync("test/app:1");
        await using var home = new Household(engine, "full");
        Mounts.MountMemory(home.Files.StateFolder, SmallDisk);
        try
        {
            (await home.Write(new StackText().Store("db", "test/app:1", "db-data")).ConvergeAsync()).Expect(0);
            home.Write(new StackText().Store("db", "test/app:1", "db-data").Worker("more", "test/app:1"));
            var plan = await home.PlanToFileAsync();
            var filler = Path.Combine(home.Files.StateFolder, "filler");
            Fill(filler);
            var refused = (await home.Command.RunAsync("apply", plan, "--yes")).Expect(1);
            Assert.Contains("No space left", refused.Error, StringComparison.OrdinalIgnoreCase);

            File.Delete(filler);
            (await home.ConvergeAsync()).Expect(0);
            (await home.PlanAsync()).Expect(0);
        }
        finally
        {
            Mounts.Detach(home.Files.StateFolder);
        }
    }

    private async Task<CrashLab> CountedAsync()
    {
        var lab = await CrashLab.OpenAsync(engine);
        await lab.CountAsync(lab.Before);
        await lab.CountAsync(lab.After);
        await lab.CountAsync(lab.Before);
        return lab;
    }

    /// <param name="lab">Where.</param>
    /// <param name="words">What they are called in the figures.</param>
    /// <param name="all">Every fault there is.</param>
    /// <param name="count">How many the short run draws.</param>
    /// <param name="least">So many of them must be met and refused; a look whether a front listens may fail without harm where nothing is exposed.</param>
    /// <param name="among">The paths that the faults are about, from those of the state store; none: any call.</param>
    private static async Task RunAsync(CrashLab lab, string words, IReadOnlyList<InjectedFault> all, int count, int least, Func<IReadOnlyList<string>, IReadOnlyList<string>> among)
    {
        var drawn = Figures.Sample(all, count);
        var failures = new List<string>();
        var turn = 0;
        var refused = 0;
        var watch = Stopwatch.StartNew();
        foreach (var fault in drawn)
        {
            var target = turn++ % 2 == 0 ? lab.After : lab.Before;
            var result = await lab.TryAsync(target, paths => Strace.Fail(fault, among(paths)));
            refused += result.ExitCode == 0 ? 0 : 1;
            if (await WrongAsync(lab, target, fault, result) is { } wrong)
            {
                failures.Add(wrong);
            }
        }

        Figures.Record("R3", $"{drawn.Count} of {all.Count} {words}, {refused} refused, the others made no difference, {failures.Count} wrong, {watch.Elapsed.TotalSeconds / drawn.Count:0.0} s each");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.True(refused >= least, $"only {refused} of {drawn.Count} faults were met");
    }

    private static async Task<string?> WrongAsync(CrashLab lab, StackText target, InjectedFault fault, CallResult result)
    {
        if (result.HasTimedOut || (result.ExitCode != 0 && (result.Error.Length == 0 || result.Said.Contains("   at ", StringComparison.Ordinal))))
        {
            (await lab.ConvergeAsync()).Expect(0);
            return $"{fault}: was not named\n{result}";
        }

        if (result.ExitCode == 0)
        {
            return await lab.CompareAsync(target, $"{fault}, said to be applied");
        }

        var rerun = await lab.ConvergeAsync();
        return rerun.ExitCode == 0 ? await lab.CompareAsync(target, fault.ToString()) : $"{fault}: did not converge when the machine was well again\n{result}\n{rerun}";
    }

    /// <summary>Takes all the room there is.</summary>
    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[1 << 16];
        for (var size = block.Length; size >= 1;)
        {
            try
            {
                file.Write(block, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }
}
