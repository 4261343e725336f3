using FsCheck;
using FsCheck.Fluent;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Tests.Planes.Containers;

/// <summary>Laws of this plane, on generated homes and a model engine.</summary>
public sealed class ContainersProperties
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    private static readonly Gen<Service> AnyService =
        from name in Gen.Elements(Names)
        from image in Gen.Elements("web:1", "web:2", "far:1", "db:1", "checked:1")
        from network in Gen.Elements("default", "back", "both")
        from hasVolume in Gen.Elements(true, false)
        from port in Gen.Elements(0, 0, 1)
        from variable in Gen.Elements("", "x", "y")
        from memory in Gen.Elements(0, 64, 128)
        from instances in Gen.Elements(1, 1, 1, 2)
        from before in Gen.Elements("", "", "a", "b")
        from condition in Gen.Elements(DependencyCondition.Started, DependencyCondition.Healthy)
        let settings = (network == "both" ? ModelHome.On("default", "back") : ModelHome.On(network)) with
        {
            Mounts = hasVolume ? [new() { Kind = MountKind.Volume, Source = "s/" + name, Target = "/data" }] : [],
            Ports = port > 0 && instances == 1 ? [new("", 8000 + name[0], 8000 + name[0], 80, "tcp")] : [],
            Environment = variable.Length > 0 ? new[] { "V" }.ToValueMap(key => key, _ => Text.Literal(variable)) : ValueMap<Text>.Empty,
            Resources = memory > 0 ? new() { Memory = ByteSize.FromMiB(memory) } : new(),
        }
        let dependsOn = before.Length > 0 && string.CompareOrdinal(before, name) < 0 ? new[] { (before, condition) } : []
        select ModelHome.Service(name, image, settings, dependsOn) with { Instances = instances };

    private static readonly Arbitrary<Service[]> AnyServices = Gen.ListOf(AnyService)
        .Select(services => Declared([.. services.DistinctBy(service => service.Name).Take(4)])).ToArbitrary();

    [Fact]
    public void After_an_apply_the_plan_is_empty_and_going_back_is_as_it_was() => Check.One(Quickly(60), Prop.ForAll(AnyServices, AnyServices, (before, after) => Run(async () =>
    {
        var (engine, home) = World();
        await home.UpAsync(home.Blueprint(before));
        var state = engine.Describe();
        Assert.Equal("", ModelHome.Text(await home.PlanAsync(home.Blueprint(before))));
        var volumes = engine.VolumeNames.ToArray();

        await home.UpAsync(home.Blueprint(after));
        Assert.Equal("", ModelHome.Text(await home.PlanAsync(home.Blueprint(after))));
        Assert.All(volumes, volume => Assert.Contains(volume, engine.VolumeNames));

        await home.UpAsync(home.Blueprint(before));
        var writes = engine.Faults.Writes.Count;
        Assert.Equal("", ModelHome.Text(await home.PlanAsync(home.Blueprint(before))));
        Assert.Equal(writes, engine.Faults.Writes.Count);
        Assert.Equal(WithoutVolumes(state), WithoutVolumes(engine.Describe()));
    })));

    [Fact]
    public void Nothing_without_our_label_is_ever_touched() => Check.One(Quickly(60), Prop.ForAll(AnyServices, AnyServices, (before, after) => Run(async () =>
    {
        var (engine, home) = World();
        engine.AddForeign("postgres", new() { Labels = new[] { "homestack.home" }.ToValueMap(label => label, _ => "another"), HostConfig = new() { Memory = 1 } }).Status = "running";
        engine.AddForeign("h-s-a-like", new() { Labels = new[] { "homestack.resource" }.ToValueMap(label => label, _ => "service:s/a") });
        await engine.CreateNetworkAsync(new() { Name = "theirs" }, default);
        await home.UpAsync(home.Blueprint(before));
        await home.UpAsync(home.Blueprint(after));
        await home.UpAsync(home.Blueprint());

        Assert.Equal(["h-s-a-like created", "postgres running"], engine.Containers.Select(container => $"{container.Name} {container.Status}").Order());
        Assert.Contains(engine.Networks, network => network.Body.Name == "theirs");
    })));

    [Fact]
    public void A_crash_or_failure_at_any_call_is_mended_by_the_next_run() => Check.One(Quickly(5), Prop.ForAll(AnyServices, AnyServices, (before, after) => Run(async () =>
    {
        var (calm, calmHome) = World();
        await calmHome.UpAsync(calmHome.Blueprint(before));
        await calmHome.UpAsync(calmHome.Blueprint(after));
        var wanted = WithoutVolumes(calm.Describe());
        foreach (var kind in new[] { ModelFault.CrashBefore, ModelFault.CrashAfter, ModelFault.FailBefore, ModelFault.FailAfter })
        {
            for (var call = 1; ; call++)
            {
                var (engine, home) = World();
                await home.UpAsync(home.Blueprint(before));
                var volumes = engine.VolumeNames.ToArray();
                var served = Served(engine).Where(label => after.Any(service => label == "service:s/" + service.Name)).ToArray();
                (engine.Faults.At, engine.Faults.Kind) = (engine.Faults.Writes.Count + call, kind);
                var hasFailed = false;
                try
                {
                    await home.UpAsync(home.Blueprint(after));
                }
                catch (ModelCrash)
                {
                    hasFailed = true;
                }
                catch (MachineException)
                {
                    // A failure that is not a crash leaves what served before serving: it was put back, by the very container that was good.
                    hasFailed = true;
                    Assert.All(served, label => Assert.True(Served(engine).Contains(label), $"{label} after {kind} at {engine.Faults.Writes[engine.Faults.At - 1]}\n{engine.Describe()}\n{string.Join("; ", engine.Faults.Writes)}"));
                }

                if (!hasFailed && engine.Faults.Writes.Count < engine.Faults.At)
                {
                    break;
                }

                engine.Faults.Kind = ModelFault.None;
                await home.UpAsync(home.Blueprint(after));
                Assert.Equal(wanted, WithoutVolumes(engine.Describe()));
                Assert.Equal("", ModelHome.Text(await home.PlanAsync(home.Blueprint(after))));
                Assert.All(volumes, volume => Assert.Contains(volume, engine.VolumeNames));
            }
        }
    })));

    private static IEnumerable<string> Served(ModelEngine engine) =>
        engine.Containers.Where(container => container.Status == "running").Select(container => container.Config.Labels?.GetValueOrDefault("homestack.resource") ?? "").Distinct();

    private static (ModelEngine Engine, ModelHome Home) World()
    {
        var engine = new ModelEngine();
        engine.AddImage("web:1");
        engine.AddImage("web:2");
        engine.AddImage("db:1", config: new() { Cmd = ["run"], Volumes = new[] { "/var/db" }.ToValueMap(path => path, _ => new EmptyObject()) });
        engine.AddImage("checked:1", config: new() { Cmd = ["run"], Healthcheck = new() { Test = ["CMD", "true"] } });
        engine.AddToRegistry("far:1");
        return (engine, new(engine));
    }

    /// <summary>Depends only on what is declared.</summary>
    private static Service[] Declared(Service[] services) =>
        [.. services.Select(service => service with { DependsOn = service.DependsOn.Where(dependency => services.Any(other => "s/" + other.Name == dependency.Key)).ToValueMap() })];

    private static string WithoutVolumes(string state) => string.Join('\n', state.Split('\n').Where(line => !line.StartsWith("volume ", StringComparison.Ordinal)));

    private static Config Quickly(int tests) => Config.QuickThrowOnFailure.WithMaxTest(tests);

    private static bool Run(Func<Task> test)
    {
        test().GetAwaiter().GetResult();
        return true;
    }
}
