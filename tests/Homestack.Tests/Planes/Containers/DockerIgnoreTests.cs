using Homestack.Planes.Containers;

namespace Homestack.Tests.Planes.Containers;

public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("node_modules", "node_modules/a/b.js", true)]
    [InlineData("node_modules", "src/node_modules", false)]
    [InlineData("**/node_modules", "src/node_modules/a", true)]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "logs/a.log", false)]
    [InlineData("**/*.log", "logs/a.log", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("/build/", "build/x", true)]
    [InlineData("./x/../build", "build", true)]
    [InlineData("# comment", "# comment", false)]
    [InlineData("*\n!keep", "keep", false)]
    [InlineData("!keep\n*", "keep", true)]
    [InlineData("docs\n!docs/a.md", "docs/a.md", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("\uFEFF*.log\r\n", "a.log", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    public void The_last_pattern_that_matches_decides(string patterns, string path, bool isLeftOut) => Assert.Equal(isLeftOut, new DockerIgnore(patterns).IsLeftOut(path));

    [Theory]
    [InlineData("a\n!a/b", true)]
    [InlineData("a\n#!b", false)]
    public void It_knows_whether_something_is_taken_back(string patterns, bool hasExceptions) => Assert.Equal(hasExceptions, new DockerIgnore(patterns).HasExceptions);
}
