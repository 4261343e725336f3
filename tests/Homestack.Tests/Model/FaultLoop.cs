using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Machine;

namespace Homestack.Tests.Model;

/// <summary>Breaks an apply at each of its calls in turn, and holds what must be true afterwards.</summary>
/// <param name="before">What the home is before.</param>
/// <param name="after">What it is to become.</param>
/// <param name="make">A new home on an empty machine.</param>
internal sealed class FaultLoop(Blueprint before, Blueprint after, Func<FaultyHome> make)
{
    private (string World, int Calls)? undisturbed;
    private int points;

    /// <summary>How many points were broken so far.</summary>
    public int Points => points;

    /// <summary>The world after an undisturbed run, and how many calls that run made.</summary>
    public async Task<(string World, int Calls)> UndisturbedAsync()
    {
        if (undisturbed is { } known)
        {
            return known;
        }

        var home = await StartAsync();
        home.Faults.Restart();
        Assert.Equal(ApplyOutcome.Applied, (await home.UpAsync(after)).Outcome);
        undisturbed = (home.Dump(), home.Faults.Calls.Count);
        return undisturbed.Value;
    }

    /// <summary>Ends everything at a call, then at a call of each recovery, then lets one run be.</summary>
    /// <param name="faults">Where each run in turn ends; a number beyond its calls lets it be.</param>
    /// <param name="powerCut">Null for a killed process; else what was not made to last is lost in part.</param>
    public async Task CrashAsync(IEnumerable<Fault> faults, Random? powerCut)
    {
        var (world, _) = await UndisturbedAsync();
        var home = await StartAsync();
        foreach (var fault in faults)
        {
            home.Faults.Restart(fault);
            try
            {
                AssertTrue(await home.UpAsync(after), home);
            }
            catch (SimulatedCrash)
            {
                Interlocked.Increment(ref points);
            }

            if (powerCut is null)
            {
                home.Disk.Kill();
            }
            else
            {
                home.Disk.CutPower(powerCut);
            }
        }

        await ConvergesAsync(home, world);
    }

    /// <summary>Fails one call, or it and all later ones: a named error or none, never a false word, and the next run converges.</summary>
    public async Task FailAsync(Fault fault)
    {
        var (world, _) = await UndisturbedAsync();
        var home = await StartAsync();
        home.Faults.Restart(fault);
        try
        {
            var result = await home.UpAsync(after);
            Assert.True(result.Outcome == ApplyOutcome.Applied || result.Diagnostics.Any(diagnostic => diagnostic.Code.StartsWith("HS50", StringComparison.Ordinal)), $"{fault}: no named error");
            home.Faults.Restart();
            AssertTrue(result, home);
        }
        catch (MachineException)
        {
            // While planning: named, and nothing was begun.
        }

        Interlocked.Increment(ref points);
        home.Disk.Kill();
        await ConvergesAsync(home, world);
    }

    private async Task<FaultyHome> StartAsync()
    {
        var home = make();
        Assert.Equal(ApplyOutcome.Applied, (await home.UpAsync(before)).Outcome);
        return home;
    }

    /// <summary>Who says applied has a world that is so, and a generation that says so and lasts.</summary>
    private void AssertTrue(ApplyResult result, FaultyHome home)
    {
        if (result.Outcome == ApplyOutcome.Applied)
        {
            var generation = home.NewState().Generations.Load(result.Generation, []);
            Assert.Equal(ApplyOutcome.Applied, generation?.Result.Outcome);
            Assert.Equal(after, generation?.Blueprint);
            Assert.All(after.Services, service => Assert.True(home.Has(service.Key, service.Value), $"{service.Key} is not as it was said to be"));
        }
    }

    private async Task ConvergesAsync(FaultyHome home, string world)
    {
        home.Faults.Restart();
        Assert.Contains(1, home.NewState().Generations.Numbers());
        foreach (var number in home.NewState().Generations.Numbers())
        {
            Assert.NotNull(home.NewState().Generations.Load(number, []));
        }

        var result = await home.UpAsync(after);
        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        AssertTrue(result, home);
        Assert.Equal(world, home.Dump());
        Assert.True((await home.PlanAsync(after)).IsEmpty);
        Assert.DoesNotContain(home.Disk.List(FaultyHome.State + "/generations"), name => name.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.Empty(home.NewState().Journal.Interrupted());
    }
}
