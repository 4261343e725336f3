using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Compose;

/// <summary>Files in the style that projects publish mean the same to us as to Debian's docker-compose 1.29.</summary>
public sealed class ReferenceTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Homestack.EndToEnd/Compose/Files");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Where(file => char.IsAsciiDigit(file[0])).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_at_least_forty_files() => Assert.True(Files.Count >= 40);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_means_what_it_means_to_docker_compose(string file)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOST_GIVEN"] = "from the host", ["HOME"] = "/root", ["PATH"] = "/usr/bin:/bin" };
        var path = Path.Combine(Folder, file);
        var theirs = await ReferenceStack.ReadAsync(path, environment);
        Assert.Equal(theirs, OurStack.Read(path, environment));
    }
}
