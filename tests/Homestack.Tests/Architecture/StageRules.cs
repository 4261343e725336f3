using System.Text.RegularExpressions;

namespace Homestack.Tests.Architecture;

/// <summary>The direction of the pipeline, read from source text: a stage never names a later stage, a plane never names another plane.</summary>
/// <remarks>
/// Sound because a later type can enter a stage only by being named there, or through an earlier stage that would itself fail.
/// Comments are left out of the reading: a cref may point forwards.
/// </remarks>
public sealed partial class StageRules
{
    private static readonly string[] Stages =
        ["Primitives", "Collections", "Diagnostics", "Machine", "Manifests", "Blueprints", "Fronts", "Planes", "Plans", "Apply", "Generations", "Homes"];

    /// <summary>The first three are one layer: they may name each other, and nothing else.</summary>
    private const int FoundationCount = 3;

    private static readonly string[] MachineUsers = ["Driver.cs", "Plane.cs", "Store.cs", "Client.cs"];

    public static TheoryData<string> Files() => [.. Repository.CSharpFiles("src/Homestack").Select(file => file.Path).Where(path => path.Contains('/'))];

    [Theory, MemberData(nameof(Files))]
    public void A_stage_never_names_a_later_stage(string path) =>
        Assert.Empty(LaterStagesNamedIn(path, Read(path)));

    [Theory, MemberData(nameof(Files))]
    public void A_plane_never_names_another_plane(string path)
    {
        if (path.Split('/') is not ["Planes", var plane, _, ..])
        {
            return;
        }

        var others = Directory.GetDirectories(Path.Combine(Repository.Root, "src/Homestack/Planes")).Select(Path.GetFileName).Where(name => name != plane);
        Assert.DoesNotContain(others, other => Names(Read(path), "Planes." + other));
    }

    [Theory, MemberData(nameof(Files))]
    public void Only_drivers_planes_stores_and_clients_name_the_machine(string path)
    {
        var stage = path.Split('/')[0];
        if (stage is "Machine" or "Apply" or "Generations" or "Homes" || MachineUsers.Any(path.EndsWith))
        {
            return;
        }

        Assert.False(Names(Read(path), "Machine"), $"{path} names Machine, but decides: effects belong to a driver or a store.");
    }

    [Fact]
    public void No_source_file_has_global_usings_of_our_namespaces() =>
        Assert.DoesNotContain(Repository.CSharpFiles("src"), file => file.Text.Contains("global using Homestack", StringComparison.Ordinal));

    [Fact]
    public void Every_stage_has_a_folder_and_every_folder_is_a_stage() =>
        Assert.Equal(Stages.Order(), Directory.GetDirectories(Path.Combine(Repository.Root, "src/Homestack")).Select(Path.GetFileName)
            .Where(name => name is not ("obj" or "bin")).Order());

    [Theory]
    [InlineData("Manifests/X.cs", "using Homestack.Plans;", "Plans")]
    [InlineData("Manifests/X.cs", "var x = Plans.Planner.Plan();", "Plans")]
    [InlineData("Blueprints/X.cs", "Homestack.Apply.Applier x;", "Apply")]
    public void The_rule_sees_a_later_stage_when_it_is_named(string path, string text, string stage) =>
        Assert.Contains(stage, LaterStagesNamedIn(path, text));

    private static IEnumerable<string> LaterStagesNamedIn(string path, string text)
    {
        var stage = Array.IndexOf(Stages, path.Split('/')[0]);
        var firstLater = stage < FoundationCount ? FoundationCount : stage + 1;
        return Stages.Skip(firstLater).Where(later => Names(text, later));
    }

    private static string Read(string path) => Comments().Replace(File.ReadAllText(Path.Combine(Repository.Root, "src/Homestack", path)), "");

    /// <summary>As <c>Homestack.Stage</c> anywhere, or as <c>Stage.Something</c> where a type could stand.</summary>
    private static bool Names(string text, string stage) =>
        Regex.IsMatch(text, $@"(\bHomestack\.{Regex.Escape(stage)}\b)|((?<![\w.""/]){Regex.Escape(stage)}\.[A-Z]\w*[.( <;])");

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();
}
