using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Planes;
using Homestack.Tests.Model;
using Xunit.Sdk;

namespace Homestack.Tests.Apply;

/// <summary>An apply that is killed, cut off or failed at any of its calls to the disk or the engine: one more run brings the home to the same world, and nothing is lost.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private static readonly Blueprint Before = ModelHome.Blueprint("db=pg", "web=nginx after db", "notes=notes after db", "old=old", "older=old", "a=a", "b=b after a", "same=same");
    private static readonly Blueprint After = ModelHome.Blueprint("db=pg2", "web=nginx2 after db", "notes=notes after db", "fresh=fresh after web", "second=fresh", "a=a2", "b=b2 after a", "same=same");

    [Fact]
    public async Task Killed_at_any_call_one_more_run_converges()
    {
        var loop = new FaultLoop(Before, After, () => new ModelHome());
        await ForEachCallAsync(loop, fault => loop.CrashAsync([fault with { IsCrash = true }], powerCut: null));
        output.WriteLine($"{loop.Points} points of kill");
        Assert.True(loop.Points > 360, $"only {loop.Points} points");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Power_cut_at_any_call_one_more_run_converges(int seed)
    {
        var loop = new FaultLoop(Before, After, () => new ModelHome());
        var random = new Random(seed);
        await ForEachCallAsync(loop, fault => loop.CrashAsync([fault with { IsCrash = true }], random));
        output.WriteLine($"{loop.Points} points of power cut, seed {seed}");
        Assert.True(loop.Points > 360, $"only {loop.Points} points");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_fails_is_named_and_never_called_applied(bool isSticky)
    {
        var loop = new FaultLoop(Before, After, () => new ModelHome());
        await ForEachCallAsync(loop, fault => loop.FailAsync(fault with { IsSticky = isSticky }));
        output.WriteLine($"{loop.Points} points of failure, {(isSticky ? "sticky" : "once")}");
        Assert.True(loop.Points > 360, $"only {loop.Points} points");
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Killed_or_cut_off_during_recovery_three_deep_it_still_converges(int seed)
    {
        var loop = new FaultLoop(Before, After, () => new ModelHome());
        var random = new Random(seed);
        var (_, calls) = await loop.UndisturbedAsync();
        const int chains = 300;
        for (var chain = 0; chain < chains; chain++)
        {
            var faults = Enumerable.Range(0, 3).Select(_ => new Fault(random.Next(1, calls + 1), random.Next(2) == 0 ? FaultWhen.Before : FaultWhen.After, IsCrash: true)).ToArray();
            await loop.CrashAsync(faults, random.Next(2) == 0 ? random : null);
        }

        output.WriteLine($"{chains} chains, {loop.Points} crashes, seed {seed}");
        Assert.True(loop.Points > chains * 3 / 2, $"only {loop.Points} crashes");
    }

    [Theory]
    [InlineData(typeof(MemoryFile))]
    [InlineData(typeof(MemoryFolder))]
    public async Task The_loop_catches_a_disk_whose_fsync_does_nothing(Type forgotten)
    {
        var loop = new FaultLoop(Before, After, () => new ModelHome(faults => new ForgetfulDisk(faults, forgotten)));
        var random = new Random(1);

        await Assert.ThrowsAnyAsync<Exception>(() => ForEachCallAsync(loop, fault => loop.CrashAsync([fault with { IsCrash = true }], random)));
    }

    [Fact]
    public async Task Every_effect_stands_in_the_lasting_journal_before_it_happens() => await AppliesAsync((planes, journal) => new Applier(planes, journal, TimeProvider.System));

    [Fact]
    public async Task The_check_of_the_journal_catches_an_applier_that_acts_first() =>
        await Assert.ThrowsAnyAsync<XunitException>(() => AppliesAsync((planes, journal) => new HastyApplier(planes, journal)));

    private static async Task AppliesAsync(Func<PlaneSet, Journal, Applier> make)
    {
        var home = new ModelHome();
        await home.UpAsync(Before);
        var plan = await home.PlanAsync(After);
        var journal = new Journal(home.Disk, FaultyHome.State + "/journal", TimeProvider.System);
        journal.Begin(2);
        var effects = plan.Steps.Select(step => step.Change.Summary).ToHashSet();
        var seen = 0;
        home.Faults.Watch = call =>
        {
            if (effects.Contains(call))
            {
                seen++;

                // Cut the power of a copy of the journal: what is still there is what lasts.
                var lasting = home.Disk.Lasting(FaultyHome.State + "/journal");
                Assert.Contains(call, System.Text.Encoding.UTF8.GetString(lasting), StringComparison.Ordinal);
            }
        };
        await make(new([new BoxesPlane(home.World, home.Faults)]), journal).ApplyAsync(plan, new(), new FaultyHome.Silent(), TestContext.Current.CancellationToken);
        Assert.Equal(plan.Steps.Count, seen);
    }

    private static async Task ForEachCallAsync(FaultLoop loop, Func<Fault, Task> check)
    {
        var (_, calls) = await loop.UndisturbedAsync();
        for (var at = 1; at <= calls; at++)
        {
            await check(new(at, FaultWhen.Before, IsCrash: false));
            await check(new(at, FaultWhen.After, IsCrash: false));
        }
    }

    private sealed class ForgetfulDisk(Faults faults, Type forgotten) : MemoryDisk(faults)
    {
        protected override void SyncNow(MemoryNode node)
        {
            if (node.GetType() != forgotten)
            {
                base.SyncNow(node);
            }
        }
    }

    private sealed class HastyApplier(PlaneSet planes, Journal journal) : Applier(planes, journal, TimeProvider.System)
    {
        protected override void Note(JournalEntry entry)
        {
            if (entry.Kind != JournalEntryKind.Step)
            {
                base.Note(entry);
            }
        }
    }
}
