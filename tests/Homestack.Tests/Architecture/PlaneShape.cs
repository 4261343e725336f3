namespace Homestack.Tests.Architecture;

/// <summary>Every plane has the same eight files, named after its folder.</summary>
public sealed class PlaneShape
{
    private static readonly string[] Suffixes = ["Desired.cs", "Observed.cs", "Change.cs", "Compiler.cs", "Differ.cs", "Driver.cs", "Plane.cs"];

    public static TheoryData<string> Planes() =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src/Homestack/Planes")).Select(folder => Path.GetFileName(folder))];

    [Theory, MemberData(nameof(Planes))]
    public void A_plane_has_its_eight_files(string plane)
    {
        var folder = Path.Combine(Repository.Root, "src/Homestack/Planes", plane);
        Assert.All(Suffixes.Select(suffix => plane + suffix).Append("README.md"), file => Assert.True(File.Exists(Path.Combine(folder, file)), $"{plane}/{file} is missing."));
    }

    [Theory, MemberData(nameof(Planes))]
    public void Deciding_files_of_a_plane_are_pure(string plane)
    {
        foreach (var suffix in new[] { "Compiler.cs", "Differ.cs", "Desired.cs", "Observed.cs", "Change.cs" })
        {
            var text = File.ReadAllText(Path.Combine(Repository.Root, "src/Homestack/Planes", plane, plane + suffix));
            Assert.DoesNotContain("async ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Homestack.Machine", text, StringComparison.Ordinal);
        }
    }
}
