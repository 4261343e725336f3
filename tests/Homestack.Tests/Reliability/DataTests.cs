using System.Reflection;
using System.Text.Json.Serialization;
using Homestack.Planes;
using Homestack.Planes.Certificates;
using Homestack.Planes.Containers;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Planes.Ingress;
using Homestack.Planes.Names;

namespace Homestack.Tests.Reliability;

/// <summary>No edit of a manifest costs data.</summary>
public sealed class DataTests
{
    private const int EditsEach = 20;

    [Fact]
    public Task No_volume_goes_in_thousands_of_edits_and_removals() => Lot.ForAllAsync((Lot.IsLong ? 100_000 : 10_000) / EditsEach, async random =>
    {
        var (engine, home) = ReturnTests.World();
        engine.Volumes["theirs"] = new() { Name = "theirs", Driver = "local" };
        var current = RandomHome.Make(random);
        for (var edit = 0; edit < EditsEach; edit++)
        {
            var volumes = engine.Volumes.ToDictionary();
            var changes = await home.PlanAsync(current.Build(random));
            if (!home.Diagnostics.HasErrors)
            {
                Assert.All(changes, change => Assert.Empty(change.Impact.Destroys));
                await home.ApplyAsync(changes);
            }

            Assert.All(volumes, volume => Assert.Same(volume.Value, engine.Volumes.GetValueOrDefault(volume.Key)));
            current = current.Edited(random);
        }
    });

    /// <remarks>The closed set is what a plan file can say, so this holds for plans that somebody else wrote, too.</remarks>
    [Fact]
    public void There_is_no_change_that_could_remove_a_volume()
    {
        Type[] sets = [typeof(ContainersChange), typeof(IngressChange), typeof(NamesChange), typeof(CertificatesChange)];
        var known = sets.SelectMany(set => set.GetCustomAttributes<JsonDerivedTypeAttribute>()).Select(attribute => attribute.DerivedType).ToHashSet();
        var real = typeof(Change).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(Change).IsAssignableFrom(type)).ToHashSet();
        Assert.Equal(real.Select(type => type.Name).Order(), known.Select(type => type.Name).Order());
        Assert.All(real, type => Assert.True(type.IsSealed, type.Name));
        Assert.Equal([nameof(CreateVolume)], real.Select(type => type.Name).Where(name => name.Contains("Volume", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_door_to_an_engine_has_no_call_that_could_remove_a_volume()
    {
        var calls = typeof(IEngineWriter).GetMethods().Concat(typeof(IEngineApi).GetMethods()).Select(method => method.Name).ToArray();
        Assert.DoesNotContain(calls, name => name.Contains("Prune", StringComparison.Ordinal) || (name.Contains("Volume", StringComparison.Ordinal) && !name.StartsWith("Create", StringComparison.Ordinal)
            && !name.StartsWith("List", StringComparison.Ordinal) && !name.StartsWith("Inspect", StringComparison.Ordinal)));
    }
}
