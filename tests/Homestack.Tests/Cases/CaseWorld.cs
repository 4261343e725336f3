using Homestack.Blueprints;
using Homestack.Machine;
using Homestack.Planes;
using Homestack.Planes.Containers;
using Homestack.Plans;
using Homestack.Tests.Planes.Containers;

namespace Homestack.Tests.Cases;

/// <summary>The container engine of a story, and what happens to it behind our back.</summary>
internal sealed class CaseWorld
{
    private readonly ModelEngine engine = new();
    private readonly CaseSecrets secrets = new();

    public CaseWorld() =>
        Plane = new(new((_, _) => engine, secrets, new(Path.Combine(Path.GetTempPath(), "homestack-cases-" + Environment.ProcessId)), new(new RealDisk(), new(), ""), new ModelTime()));

    public ContainersPlane Plane { get; }

    /// <summary>Lets the registry serve every image that the home names.</summary>
    public void Offer(Blueprint blueprint)
    {
        foreach (var image in blueprint.Services.Values.Select(service => service.Image).Where(image => image.Build is null && !engine.Registry.ContainsKey(image.Reference.ToString())))
        {
            engine.AddToRegistry(image.Reference.ToString());
        }
    }

    public async Task CarryOutAsync(Plan plan, CancellationToken cancellationToken)
    {
        IPlane plane = Plane;
        foreach (var step in plan.Steps)
        {
            await plane.ApplyAsync(step.Change, new Silence(), cancellationToken);
        }
    }

    /// <summary>Carries the plan out up to and with the first container step whose words begin with this one; then everything stops.</summary>
    public async Task CrashAfterAsync(Plan plan, string word, CancellationToken cancellationToken)
    {
        IPlane plane = Plane;
        foreach (var step in plan.Steps)
        {
            await plane.ApplyAsync(step.Change, new Silence(), cancellationToken);
            if (step.Change.Summary.StartsWith(word + " container", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"No step of the plan begins with \"{word} container\".");
    }

    /// <summary>One line of <c>world.txt</c>.</summary>
    public void Happens(string line)
    {
        switch (line.Split(' '))
        {
            case ["stop", var service]:
                Of(service).Status = "exited";
                break;
            case ["pause", var service]:
                Of(service).Status = "paused";
                break;
            case ["remove", var service]:
                engine.Containers.Remove(Of(service));
                break;
            case ["rename", var service, "to", var name]:
                Of(service).Name = name;
                break;
            case ["disconnect", var service, "from", var network]:
                Of(service).Networks.Remove(engine.Networks.First(known => known.Body.Name == network).Id);
                break;
            case ["limit", var service, "to", "64m"]:
                var limited = Of(service);
                limited.HostConfig = limited.HostConfig with { Memory = 64 << 20 };
                break;
            case ["image", var name, "moved"]:
                engine.AddImage(name, ModelBehaviour.Runs, new() { Cmd = ["moved"], Env = ["MOVED=1"] });
                break;
            case ["secret", var name]:
                secrets.Add(name);
                break;
            case ["foreign", "container", var name]:
                engine.AddForeign(name);
                break;
            case ["foreign", "container", var name, "of", "home", var home]:
                engine.AddForeign(name, new() { Labels = Labels(("homestack.home", home), ("homestack.resource", "service:web/web")) });
                break;
            case ["foreign", "network", var name]:
                engine.Networks.Add(new(new string('f', 64), new() { Name = name, Driver = "bridge" }));
                break;
            case ["foreign", "volume", var name]:
                engine.Volumes[name] = new() { Name = name, Driver = "local" };
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how this happens: {line}");
        }
    }

    private static Homestack.Collections.ValueMap<string> Labels(params (string Name, string Value)[] labels) =>
        Homestack.Collections.ValueMap.ToValueMap(labels, label => label.Name, label => label.Value);

    private ModelContainer Of(string service) =>
        engine.Containers.First(container => container.Config.Labels?.TryGetValue("homestack.resource", out var resource) == true && resource == "service:" + service);

    private sealed class Silence : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
        }
    }

    private sealed class CaseSecrets : ISecretReader
    {
        private readonly HashSet<string> names = new(StringComparer.Ordinal);

        public void Add(string name) => names.Add(name);

        public string? Read(string name) => names.Contains(name) ? "value of " + name : null;

        public string? Digest(string name) => names.Contains(name) ? "digest of " + name : null;
    }
}
