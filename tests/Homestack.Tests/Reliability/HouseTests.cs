using System.Collections.Concurrent;
using Homestack.Tests.Model;

namespace Homestack.Tests.Reliability;

/// <summary>A house of sixty services that is killed, cut off or failed at any of its calls to the disk or the engine: one more run brings it to the same world.</summary>
/// <remarks>The long run takes every call; the short one some by lot.</remarks>
public sealed class HouseTests(ITestOutputHelper output)
{
    private const int Drawn = 40, Chains = 30, LongChains = 300;

    [Fact]
    public Task Killed_at_any_call_one_more_run_converges() =>
        ForEachAsync("killed", (loop, fault, _) => loop.CrashAsync([fault with { IsCrash = true }], powerCut: null));

    [Fact]
    public Task Power_cut_at_any_call_one_more_run_converges() =>
        ForEachAsync("cut off", (loop, fault, random) => loop.CrashAsync([fault with { IsCrash = true }], random));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_call_that_fails_is_named_and_never_called_applied(bool isSticky) =>
        ForEachAsync(isSticky ? "failed from there on" : "failed once", (loop, fault, _) => loop.FailAsync(fault with { IsSticky = isSticky }));

    [Fact]
    public async Task Killed_during_recovery_three_deep_it_still_converges()
    {
        var loop = new FaultLoop(House.Before, House.After, () => new House());
        var (_, calls) = await loop.UndisturbedAsync();
        var count = Lot.IsLong ? LongChains : Chains;
        await Lot.ForAllAsync(count, random => loop.CrashAsync(
            Enumerable.Range(0, 3).Select(_ => new Fault(random.Next(1, calls + 1), random.Next(2) == 0 ? FaultWhen.Before : FaultWhen.After, IsCrash: true)).ToArray(),
            random.Next(2) == 0 ? random : null));
        output.WriteLine($"{count} chains, {loop.Points} crashes, seed {Lot.Seed}");
        Assert.True(loop.Points > count * 3 / 2, $"only {loop.Points} crashes");
    }

    private async Task ForEachAsync(string words, Func<FaultLoop, Fault, Random, Task> check)
    {
        var loop = new FaultLoop(House.Before, House.After, () => new House());
        var (_, calls) = await loop.UndisturbedAsync();
        Fault[] all = [.. Enumerable.Range(1, calls).SelectMany(at => new[] { FaultWhen.Before, FaultWhen.After }.Select(when => new Fault(at, when, IsCrash: false)))];
        var drawn = Lot.IsLong ? all : new Random(Lot.Seed).GetItems(all, Drawn);
        var failures = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(drawn.Index(), TestContext.Current.CancellationToken, async (point, _) =>
        {
            try
            {
                await check(loop, point.Item, new Random(Lot.Seed + point.Index));
            }
            catch (Exception failure)
            {
                failures.Enqueue($"{point.Item}: {failure}");
            }
        });
        output.WriteLine($"{words} at {drawn.Length} of {all.Length} points, {loop.Points} met, {failures.Count} did not converge, seed {Lot.Seed}");
        Assert.True(failures.IsEmpty, $"HOMESTACK_SEED={Lot.Seed}: {failures.Count} of {drawn.Length}\n" + string.Join("\n\n", failures.Take(3)));
        Assert.True(all.Length > 2_720, $"only {all.Length} points");
    }
}
