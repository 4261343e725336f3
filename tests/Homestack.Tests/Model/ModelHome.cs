using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Plans;
using Homestack.Primitives;

namespace Homestack.Tests.Model;

/// <summary>A home whose disk and engine are in memory and can be made to fail. A process is a new pipeline on the same two.</summary>
internal sealed class ModelHome
{
    public const string State = "/state";

    public ModelHome(Func<Faults, MemoryDisk>? disk = null) => Disk = disk is null ? new(Faults) : disk(Faults);

    public Faults Faults { get; } = new();

    public BoxWorld World { get; } = new();

    public MemoryDisk Disk { get; }

    public static PlanJson Json { get; } = new([BoxesPlane.Json]);

    public HomeState NewState() => new(Disk, State, Json, TimeProvider.System);

    public Pipeline NewProcess() => new([new BoxesPlane(World, Faults)], NewState(), TimeProvider.System);

    public async Task<Plan> PlanAsync(Blueprint blueprint)
    {
        var outcome = await NewProcess().PlanAsync(blueprint, Options, CancellationToken.None);
        return outcome.Plan ?? throw new InvalidOperationException(string.Join('\n', outcome.Diagnostics));
    }

    public Task<ApplyResult> ApplyAsync(Plan plan) => NewProcess().ApplyAsync(plan, new Silent(), CancellationToken.None);

    public async Task<ApplyResult> UpAsync(Blueprint blueprint) => await ApplyAsync(await PlanAsync(blueprint));

    public static PlanOptions Options { get; } = new() { Folder = "/home/krynet", Sources = [new("homestack.yaml", "homestack: 1\n"), new("/etc/shared.env", "A=1\n")] };

    /// <summary>A home of such services, each <c>name=image</c> or <c>name=image after other</c>.</summary>
    public static Blueprint Blueprint(params string[] services) => new()
    {
        Home = "krynet",
        Services = services.Select(text => text.Split('=', ' ')).ToValueMap(parts => "app/" + parts[0], parts => Service(parts[0], parts[1], parts.Skip(3))),
    };

    private static Service Service(string name, string image, IEnumerable<string> after) => new()
    {
        Stack = "app",
        Name = name,
        Image = new() { Reference = new ImageReference(image, null, null) },
        Container = new(),
        DependsOn = after.ToValueMap(other => "app/" + other, _ => new Dependency(DependencyCondition.Started, RestartsWith: false, IsRequired: true)),
    };

    internal sealed class Silent : IProgress<ApplyEvent>
    {
        public void Report(ApplyEvent value)
        {
        }
    }
}
