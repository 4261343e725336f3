using System.Diagnostics;
using System.Text.Json;
using Homestack.Apply;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Tests.Machine;

namespace Homestack.Tests.Apply;

public sealed class ApplyLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RealDisk disk = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_of_many_wins_and_the_others_are_told_who_did()
    {
        for (var race = 0; race < 500; race++)
        {
            var diagnostics = Enumerable.Range(0, 8).Select(_ => new DiagnosticBag()).ToArray();
            var taken = new IDisposable?[8];
            Parallel.For(0, 8, i => taken[i] = Take(i, diagnostics[i]));

            var winner = Assert.Single(Enumerable.Range(0, 8), i => taken[i] is not null);
            Assert.All(Enumerable.Range(0, 8).Where(i => i != winner), i => Assert.Equal("HS5001", Assert.Single(diagnostics[i]).Code));
            var late = new DiagnosticBag();
            Assert.Null(Take(9, late));
            Assert.Contains($"Process {winner} (homestack up) on nuc", Assert.Single(late).Detail, StringComparison.Ordinal);
            taken[winner]?.Dispose();
        }
    }

    [Fact]
    public async Task The_lock_of_a_process_that_was_killed_is_free_at_once()
    {
        // util-linux's flock holds the same kind of lock in a process of its own.
        using var holder = Process.Start(new ProcessStartInfo("flock", [folder.At("lock"), "sh", "-c", $"echo '{JsonSerializer.Serialize(Holder(77), ApplyJsonContext.Default.LockHolder)}' > {folder.At("lock")}; echo ready; exec sleep 60"]) { RedirectStandardOutput = true });
        Assert.NotNull(holder);
        Assert.Equal("ready", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var diagnostics = new DiagnosticBag();
        Assert.Null(Take(1, diagnostics));
        Assert.Contains("Process 77", Assert.Single(diagnostics).Detail, StringComparison.Ordinal);

        holder.Kill(entireProcessTree: true);
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        await holder.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        using var taken = Take(1, new());
        Assert.NotNull(taken);
    }

    private IDisposable? Take(int pid, DiagnosticBag diagnostics) => ApplyLock.TryTake(disk, folder.At("lock"), Holder(pid), diagnostics);

    private static LockHolder Holder(int pid) => new(pid, "up", DateTimeOffset.UnixEpoch, "nuc");
}
