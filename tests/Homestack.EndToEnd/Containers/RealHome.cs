using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.EndToEnd.Engines;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Planes.Containers;
using Homestack.Primitives;

namespace Homestack.EndToEnd.Containers;

/// <summary>The containers plane on a real engine, driven directly: plan, and carry out one change after another.</summary>
internal sealed class RealHome(DockerEngine engine, string home)
{
    public ContainersPlane Plane { get; } = ContainersPlane.ForApplying(new NoSecrets(), engine.Folder + "/run", "", new RealDisk(), new(), TimeProvider.System);

    public List<StepProgress> Progress { get; } = [];

    public DiagnosticBag Diagnostics { get; private set; } = [];

    public static Service Service(string name, string image, ContainerSettings? settings = null) => new()
    {
        Stack = "s",
        Name = name,
        Image = new() { Reference = ImageReference.TryParse(image, out var reference) && reference is not null ? reference : throw new ArgumentException(image) },
        Container = settings ?? Settings(),
    };

    public static ContainerSettings Settings() => new()
    {
        Command = ["httpd", "-f", "-p", "80", "-h", "/www"],
        StopGracePeriod = TimeSpan.FromSeconds(1),
        Networks = new[] { "s/default" }.ToValueMap(key => key, _ => new NetworkAttachment()),
    };

    public Blueprint Blueprint(params Service[] services) => new()
    {
        Home = home,
        Hosts = new[] { Host.Local }.ToValueMap(host => host, _ => new Host { Engine = engine.Address }),
        Services = services.ToValueMap(service => "s/" + service.Name, service => service),
        Networks = services.SelectMany(service => service.Container.Networks.Keys).Distinct().ToValueMap(key => key, key => new Network { Stack = "s", Key = key[2..], EngineName = $"{home}-{key.Replace('/', '-')}" }),
        Volumes = services.SelectMany(service => service.Container.Mounts).Where(mount => mount is { Kind: MountKind.Volume, Source.Length: > 0 }).Select(mount => mount.Source).Distinct()
            .ToValueMap(key => key, key => new Volume { Stack = "s", Key = key[2..], EngineName = $"{home}-{key.Replace('/', '-')}" }),
    };

    public async Task<ValueList<ResourceChange>> PlanAsync(Blueprint blueprint)
    {
        Diagnostics = [];
        var desired = Plane.Compile(blueprint, Diagnostics);
        return Plane.Diff(desired, await Plane.ObserveAsync(desired, default), Diagnostics);
    }

    public async Task<ValueList<ResourceChange>> UpAsync(Blueprint blueprint)
    {
        var changes = await PlanAsync(blueprint);
        Assert.DoesNotContain(Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        foreach (var change in changes.OrderBy(change => change.Action == ChangeAction.Delete).ThenBy(change => change.Resource.Kind == "service").ThenBy(change => change.After.Count))
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
                    await ApplyAsync(step);
                }

                throw;
            }
        }

        return changes;
    }

    private Task ApplyAsync(Change step) => Plane.ApplyAsync((ContainersChange)step, new Recorder(Progress), default);

    private sealed class Recorder(List<StepProgress> steps) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => steps.Add(value);
    }

    private sealed class NoSecrets : ISecretReader
    {
        public string? Read(string name) => null;

        public string? Digest(string name) => null;
    }
}
