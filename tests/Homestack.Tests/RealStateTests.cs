using Homestack.Apply;
using Homestack.Machine;
using Homestack.Tests.Machine;
using Homestack.Tests.Model;

namespace Homestack.Tests;

/// <summary>The pipeline on the real disk: only the engine is a model.</summary>
public sealed class RealStateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Keeps_everything_to_its_owner_and_only_one_of_many_applies_wins()
    {
        var world = new BoxWorld();
        var blueprint = ModelHome.Blueprint("db=pg", "web=nginx after db");
        var plan = (await New(world).PlanAsync(blueprint, FaultyHome.Options, TestContext.Current.CancellationToken)).Plan ?? throw new InvalidOperationException();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => New(world).ApplyAsync(plan, new FaultyHome.Silent(), TestContext.Current.CancellationToken))));

        Assert.Single(results, result => result.Outcome == ApplyOutcome.Applied);
        Assert.All(results.Where(result => result.Outcome != ApplyOutcome.Applied), result => Assert.Contains(Assert.Single(result.Diagnostics).Code, new[] { "HS5001", "HS5002" }));
        Assert.Equal(["generations", "home", "journal", "lock"], new RealDisk().List(folder.At("state")));
        Assert.Equal(["blueprint.json", "images.json", "manifest", "plan.json", "result.json"], new RealDisk().List(folder.At("state/generations/000001")));
        foreach (var entry in new DirectoryInfo(folder.At("state")).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.None, entry.UnixFileMode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }

        Assert.True((await New(world).PlanAsync(blueprint, FaultyHome.Options, TestContext.Current.CancellationToken)).Plan?.IsEmpty);
    }

    private Pipeline New(BoxWorld world) => new([new BoxesPlane(world, new())], new(new RealDisk(), folder.At("state"), ModelHome.Json, TimeProvider.System), TimeProvider.System);
}
