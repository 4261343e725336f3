using System.Diagnostics;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;

namespace Homestack.EndToEnd.Faults;

/// <summary>kill -9 anywhere in an apply: one more run converges, and nothing is lost, doubled or left over.</summary>
public sealed class CrashTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    /// <summary>Of each of the two stories; the long run takes all.</summary>
    private const int Drawn = 20;

    [Fact]
    public async Task Killed_anywhere_while_a_home_comes_up_for_the_first_time_it_converges()
    {
        await using var lab = await CrashLab.OpenAsync(engine);
        var points = await lab.CountAsync(lab.Before);
        await RunAsync(lab, "first up", points, async _ =>
        {
            await lab.EmptyAsync();
            return lab.Before;
        });
    }

    [Fact]
    public async Task Killed_anywhere_while_a_home_is_changed_it_converges()
    {
        await using var lab = await CrashLab.OpenAsync(engine);
        await lab.CountAsync(lab.Before);
        var there = await lab.CountAsync(lab.After);
        var back = await lab.CountAsync(lab.Before);
        CrashPoint[] both = [.. there.Union(back)];
        var turn = 0;
        await RunAsync(lab, "change", both, _ => Task.FromResult(turn++ % 2 == 0 ? lab.After : lab.Before));
    }

    private static async Task RunAsync(CrashLab lab, string story, IReadOnlyList<CrashPoint> points, Func<CrashPoint, Task<StackText>> next)
    {
        var drawn = Figures.Sample(points, Drawn);
        var failures = new List<string>();
        var watch = Stopwatch.StartNew();
        foreach (var point in drawn)
        {
            var target = await next(point);
            if (await lab.KillAsync(target, point) is { } failure)
            {
                failures.Add(failure);
                (await lab.ConvergeAsync()).Expect(0);
            }
        }

        Figures.Record("R1", $"{story}: killed at {drawn.Count - lab.Missed} of {points.Count} points, {failures.Count} did not converge, {watch.Elapsed.TotalSeconds / drawn.Count:0.0} s a point");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.True(lab.Missed <= drawn.Count / 4, $"{lab.Missed} of {drawn.Count} points were not met.");
    }
}
