using Homestack.Tests.Architecture;

namespace Homestack.Tests.Cases;

/// <summary>Stories: one folder each, with a home, what the world was like, and what every stage made of it.</summary>
/// <remarks><c>HOMESTACK_ACCEPT=1</c> rewrites the expected files in the repository; whoever commits them can explain every line.</remarks>
public sealed class CaseTests
{
    private const int FewestStories = 40;

    private static readonly string Root = Path.Combine(Repository.Root, "tests/Homestack.Tests/Cases");

    private static bool IsAccepting => Environment.GetEnvironmentVariable("HOMESTACK_ACCEPT") == "1";

    public static TheoryData<string> Stories() => [.. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Stories))]
    public async Task Every_stage_makes_what_the_story_says(string story)
    {
        var folder = Path.Combine(Root, story);
        var made = await CaseRun.RunAsync(folder, TestContext.Current.CancellationToken);
        var expected = Path.Combine(folder, "expected");
        if (IsAccepting)
        {
            Accept(expected, made);
        }

        Assert.Equal(made.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(expected).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(made, file => Assert.Equal(File.ReadAllText(Path.Combine(expected, file.Key)), file.Value));
    }

    [Theory, MemberData(nameof(Stories))]
    public void Nothing_lies_in_a_story_that_nobody_reads(string story) =>
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Root, story)).Select(Path.GetFileName).Except(["home", "before", "world.txt", "expected"]));

    [Fact]
    public void There_are_enough_stories() => Assert.True(Stories().Count >= FewestStories);

    private static void Accept(string expected, IReadOnlyDictionary<string, string> made)
    {
        if (Directory.Exists(expected))
        {
            Directory.Delete(expected, recursive: true);
        }

        Directory.CreateDirectory(expected);
        foreach (var (name, text) in made)
        {
            File.WriteAllText(Path.Combine(expected, name), text);
        }
    }
}
