namespace Homestack.NameServer.Tests.Scenarios;

/// <summary>The scripts in this folder, each scenario a test.</summary>
public sealed class ScenarioTests
{
    private const string Script = """
        zone a.test
          x.a.test 60 A 192.0.2.1
        == RFC 1034 §4.3.2: an address
        ask x.a.test A
          NOERROR aa rd
          answer x.a.test 60 A 192.0.2.1
        """;

    public static TheoryData<string, string> Scenarios() => [.. Scenario.All.Select(scenario => (scenario.File, scenario.Title))];

    [Theory, MemberData(nameof(Scenarios))]
    public Task Goes_as_it_is_written(string file, string title) => ScenarioRun.PlayAsync(Scenario.All.Single(scenario => scenario.File == file && scenario.Title == title));

    [Fact]
    public void There_are_three_hundred_and_each_names_its_standard()
    {
        Assert.True(Scenario.All.Count >= 300, $"{Scenario.All.Count}");
        Assert.Equal(Scenario.All.Count, Scenario.All.Select(scenario => scenario.ToString()).Distinct().Count());
        Assert.All(Scenario.All, scenario => Assert.Matches(@"^RFC \d+( §[\d.]+)?(, (§[\d.]+|step \d[a-d]?))*: ", scenario.Title));
        Console.WriteLine($"{Scenario.All.Count} scenarios");
    }

    [Theory]
    [InlineData("NOERROR aa rd", "NXDOMAIN aa rd")]
    [InlineData("NOERROR aa rd", "NOERROR rd")]
    [InlineData("NOERROR aa rd", "NOERROR aa rd ra")]
    [InlineData("answer x.a.test 60", "answer x.a.test 61")]
    [InlineData("answer x.a.test 60", "answer y.a.test 60")]
    [InlineData("answer x.a.test 60 A 192.0.2.1", "answer x.a.test 60 A 192.0.2.2")]
    [InlineData("answer x.a.test 60 A 192.0.2.1", "authority x.a.test 60 A 192.0.2.1")]
    [InlineData("  answer x.a.test 60 A 192.0.2.1", "")]
    [InlineData("  answer x.a.test 60 A 192.0.2.1", "  answer x.a.test 60 A 192.0.2.1\n  answer x.a.test 60 A 192.0.2.1")]
    [InlineData("  answer x.a.test 60 A 192.0.2.1", "  answers 2")]
    [InlineData("  answer x.a.test 60 A 192.0.2.1", "  answer x.a.test 60 A 192.0.2.1\n  opt none")]
    [InlineData("  answer x.a.test 60 A 192.0.2.1", "  answer x.a.test 60 A 192.0.2.1\n  at-most 20")]
    [InlineData("  answer x.a.test 60 A 192.0.2.1", "  answer x.a.test 60 A 192.0.2.1\n  cookie 24")]
    [InlineData("  NOERROR aa rd\n  answer x.a.test 60 A 192.0.2.1", "  nothing")]
    public async Task A_wrong_expectation_is_told_with_its_place(string right, string wrong)
    {
        await ScenarioRun.PlayAsync(Scenario.Read("judge.txt", Script.Split('\n')).Single());
        var told = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => ScenarioRun.PlayAsync(Scenario.Read("judge.txt", Script.Replace(right, wrong, StringComparison.Ordinal).Split('\n')).Single()));
        Assert.Contains("judge.txt:4: ask x.a.test A", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_count_of_questions_is_told()
    {
        string[] script = ["upstream main", "  * *: NOERROR | www.example.com A 198.51.100.1", "== RFC 1034: one", "ask www.example.com A", "  NOERROR rd ra", "  answer www.example.com A 198.51.100.1", "asked main 2"];
        var told = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => ScenarioRun.PlayAsync(Scenario.Read("judge.txt", script).Single()));
        Assert.Contains("judge.txt:7: asked main 2", told.Message, StringComparison.Ordinal);
        Assert.Contains("got:      1", told.Message, StringComparison.Ordinal);
    }
}
