namespace Homestack.Tests.Architecture;

/// <summary>Files stay small enough to be read at one sitting.</summary>
public sealed class SourceSizes(ITestOutputHelper output)
{
    private const int Ceiling = 400, Median = 80, NinetiethPercentile = 250, PipelineCeiling = 120;

    [Fact]
    public void Files_are_short()
    {
        var sizes = Repository.CSharpFiles("src").Select(file => (Lines: file.Text.Count(letter => letter == '\n'), file.Path)).OrderBy(file => file.Lines).ToArray();
        foreach (var (lines, path) in sizes.Reverse().Take(10))
        {
            output.WriteLine($"{lines,5}  {path}");
        }

        Assert.True(sizes[^1].Lines <= Ceiling, $"{sizes[^1].Path} has {sizes[^1].Lines} lines: which two things is it?");
        Assert.True(sizes[sizes.Length / 2].Lines <= Median, $"The median file has {sizes[sizes.Length / 2].Lines} lines.");
        Assert.True(sizes[sizes.Length * 9 / 10].Lines <= NinetiethPercentile, $"The ninetieth percentile is {sizes[sizes.Length * 9 / 10].Lines} lines.");
    }

    [Fact]
    public void The_pipeline_reads_on_one_screen()
    {
        var pipeline = Repository.CSharpFiles("src/Homestack").Single(file => file.Path == "Pipeline.cs");
        Assert.InRange(pipeline.Text.Count(letter => letter == '\n'), 1, PipelineCeiling);
    }
}
