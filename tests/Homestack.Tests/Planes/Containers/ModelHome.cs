using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Planes.Containers;
using Homestack.Primitives;

namespace Homestack.Tests.Planes.Containers;

/// <summary>A home on a model engine: plans and applies as the pipeline does, one change after another.</summary>
internal sealed class ModelHome
{
    public ModelHome(ModelEngine engine, string home = "h")
    {
        Engine = engine;
        Name = home;
        Plane = new(new((_, _) => engine, Secrets, new(Path.Combine(Path.GetTempPath(), "homestack-tests-" + Environment.ProcessId)), new(new RealDisk(), new(), ""), new ModelTime()));
    }

    public ModelEngine Engine { get; }

    public string Name { get; }

    public ModelSecrets Secrets { get; } = new();

    public ContainersPlane Plane { get; }

    public DiagnosticBag Diagnostics { get; private set; } = [];

    public static Service Service(string name, string image = "web:1", ContainerSettings? settings = null, params (string On, DependencyCondition Condition)[] dependsOn) => new()
    {
        Stack = "s",
        Name = name,
        Image = new() { Reference = Reference(image) },
        Place = $"s.yaml:{name}",
        Container = settings ?? OnDefault(),
        DependsOn = dependsOn.ToValueMap(dependency => "s/" + dependency.On, dependency => new Dependency(dependency.Condition, RestartsWith: false, IsRequired: true)),
    };

    public static ContainerSettings OnDefault() => On("default");

    public static ContainerSettings On(params string[] networks) => new() { Networks = networks.ToValueMap(key => "s/" + key, _ => new NetworkAttachment()) };

    public static ContainerSettings WithVolume(string key, string target = "/data") => OnDefault() with { Mounts = [new() { Kind = MountKind.Volume, Source = "s/" + key, Target = target }] };

    public static ImageReference Reference(string image) => ImageReference.TryParse(image, out var reference) && reference is not null ? reference : throw new ArgumentException(image);

    public Blueprint Blueprint(params IEnumerable<Service> services)
    {
        var all = services.ToArray();
        return new()
        {
            Home = Name,
            Hosts = new[] { Host.Local }.ToValueMap(host => host, _ => new Host { Engine = "unix:///model" }),
            Services = all.ToValueMap(service => $"{service.Stack}/{service.Name}", service => service),
            Networks = all.SelectMany(service => service.Container.Networks.Keys).Distinct().ToValueMap(key => key, key => new Network { Stack = "s", Key = key[2..], EngineName = $"{Name}-{key.Replace('/', '-')}" }),
            Volumes = all.SelectMany(service => service.Container.Mounts).Where(mount => mount is { Kind: MountKind.Volume, Source.Length: > 0 }).Select(mount => mount.Source).Distinct()
                .ToValueMap(key => key, key => new Volume { Stack = "s", Key = key[2..], EngineName = $"{Name}-{key.Replace('/', '-')}" }),
        };
    }

    public async Task<ValueList<ResourceChange>> PlanAsync(Blueprint blueprint)
    {
        Diagnostics = [];
        var desired = Plane.Compile(blueprint, Diagnostics);
        var observed = await Plane.ObserveAsync(desired, default);
        return Plane.Diff(desired, observed, Diagnostics);
    }

    /// <summary>Plans and applies; the first failure puts back what its change did, and ends the run.</summary>
    public async Task<ValueList<ResourceChange>> UpAsync(Blueprint blueprint)
    {
        var changes = await PlanAsync(blueprint);
        Assert.DoesNotContain(Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        await ApplyAsync(changes);
        return changes;
    }

    public async Task ApplyAsync(ValueList<ResourceChange> changes)
    {
        foreach (var change in Ordered(changes))
        {
            try
            {
                foreach (var step in change.Steps)
                {
                    await ApplyAsync(step);
                }
            }
            catch (MachineException)
            {
                foreach (var step in change.Undo)
                {
                    try
                    {
                        await ApplyAsync(step);
                    }
                    catch (MachineException)
                    {
                        // Each step back is tried.
                    }
                }

                throw;
            }
        }
    }

    /// <summary>One line for each change: action, resource, and the calls.</summary>
    public static string Text(IEnumerable<ResourceChange> changes) =>
        string.Join('\n', changes.Select(change => $"{change.Action.ToString().ToLowerInvariant()} {change.Resource.Kind}:{change.Resource.Name} because {change.Cause}: {string.Join("; ", change.Steps.Select(step => step.Summary))}"));

    /// <summary>After what they need; an order that cannot be had is a failure.</summary>
    public static IReadOnlyList<ResourceChange> Ordered(ValueList<ResourceChange> changes)
    {
        var (done, left, ordered) = (new HashSet<ResourceId>(), changes.ToList(), new List<ResourceChange>());
        while (left.Count > 0)
        {
            var next = left.Find(change => change.After.All(after => done.Contains(after) || !changes.Any(other => other.Resource == after)));
            Assert.True(next is not null, "The changes wait for each other: " + Text(left));
            left.Remove(next);
            done.Add(next.Resource);
            ordered.Add(next);
        }

        return ordered;
    }

    private Task ApplyAsync(Change step) => Plane.ApplyAsync((ContainersChange)step, new Progress<StepProgress>(), default);
}

/// <summary>Secrets in memory.</summary>
internal sealed class ModelSecrets : ISecretReader
{
    public Dictionary<string, string> Values { get; } = [];

    public string? Read(string name) => Values.GetValueOrDefault(name);

    public string? Digest(string name) => Values.TryGetValue(name, out var value) ? ContentDigest.Of("key" + value) : null;
}
