using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes;
using Homestack.Plans;
using Homestack.Primitives;

namespace Homestack.Tests.Model;

/// <summary>A home on the small engine of boxes.</summary>
internal sealed class ModelHome(Func<Faults, MemoryDisk>? disk = null) : FaultyHome(disk)
{
    public static PlanJson Json { get; } = new([BoxesPlane.Json]);

    public BoxWorld World { get; } = new();

    protected override PlanJson PlanJson => Json;

    public override string Dump() => World.Dump();

    public override bool Has(string service, Service wanted) => World.Boxes.GetValueOrDefault(service) == wanted.Image.Reference.ToString();

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

    protected override IPlane NewPlane() => new BoxesPlane(World, Faults);
}
