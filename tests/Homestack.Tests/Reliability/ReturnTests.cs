using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Tests.Planes.Containers;

namespace Homestack.Tests.Reliability;

/// <summary>Going somewhere and back ends where it began, for any two manifests, whatever the order of their keys.</summary>
public sealed class ReturnTests
{
    [Fact]
    public Task From_any_home_to_any_other_and_back_is_as_it_was_and_then_nothing_is_left_to_do() => Lot.ForAllAsync(Lot.IsLong ? 100_000 : 5_000, async random =>
    {
        var (first, second) = (RandomHome.Make(random), random.Next(2) == 0 ? RandomHome.Make(random) : null);
        second ??= first.Edited(random);
        var (engine, home) = World();
        var blueprint = first.Build(random);
        Assert.Equal(blueprint, first.Build(random));

        await SettleAsync(engine, home, blueprint, random);
        var before = ModelWorld.Describe(engine);
        await SettleAsync(engine, home, second.Build(random), random);
        await SettleAsync(engine, home, first.Build(random), random);
        Assert.Equal(before, ModelWorld.Describe(engine));
    });

    /// <summary>An engine that has, or can pull, every image of a <see cref="RandomHome"/>.</summary>
    internal static (ModelEngine Engine, ModelHome Home) World()
    {
        var engine = new ModelEngine();
        engine.AddImage("web:1");
        engine.AddImage("web:2");
        engine.AddImage("db:1", config: new() { Cmd = ["run"], Volumes = new[] { "/var/db" }.ToValueMap(path => path, _ => new EmptyObject()) });
        engine.AddImage("checked:1", config: new() { Cmd = ["run"], Env = ["PATH=/bin"], Healthcheck = new() { Test = ["CMD", "true"] } });
        engine.AddToRegistry("far:1");
        return (engine, new(engine));
    }

    /// <summary>Plans, applies in some order that the plan allows, and looks again: nothing is left, and looking wrote nothing.</summary>
    private static async Task SettleAsync(ModelEngine engine, ModelHome home, Blueprint blueprint, Random random)
    {
        var changes = (await home.PlanAsync(blueprint)).ToArray();
        Assert.Empty(home.Diagnostics);
        random.Shuffle(changes);
        await home.ApplyAsync(changes.ToValueList());

        var writes = engine.Faults.Writes.Count;
        Assert.Equal("", ModelHome.Text(await home.PlanAsync(blueprint)));
        Assert.Equal(writes, engine.Faults.Writes.Count);
    }
}
