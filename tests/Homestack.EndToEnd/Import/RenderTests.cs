using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Import;

/// <summary>The way out: what is rendered is accepted by a Compose program that has never heard of Homestack.</summary>
public sealed class RenderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Every example, and every case that becomes a blueprint.</summary>
    public static TheoryData<string> Homes() => [.. Folders().Select(folder => Path.GetRelativePath(Repository.Root, folder))];

    [Theory, MemberData(nameof(Homes))]
    public async Task Docker_compose_accepts_what_is_rendered(string home)
    {
        using var scratch = new TemporaryHome();
        var target = scratch.Beside("plain");
        var homestack = new HomestackProcess(scratch.StateFolder);

        var rendered = (await homestack.RunAsync("render", Path.Combine(Repository.Root, home), "--to", "compose", "--out", target)).Expect(0);

        foreach (var file in Directory.Exists(target) ? Directory.EnumerateFiles(target, "compose.yaml", SearchOption.AllDirectories) : [])
        {
            var sample = Path.Combine(Path.GetDirectoryName(file) ?? "", ".env.sample");
            if (File.Exists(sample))
            {
                await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(file) ?? "", ".env"), (await File.ReadAllTextAsync(sample)).Replace("=\n", "=x\n", StringComparison.Ordinal));
            }

            // What only a newer program can read was said beforehand; anything else must be accepted.
            var config = await RunningProgram.RunAsync(["docker-compose", "--file", file, "config", "--quiet"], Limit);
            Assert.True(config.ExitCode == 0 || rendered.Error.Contains("needs Docker Compose 2", StringComparison.Ordinal), $"{config}\n{await File.ReadAllTextAsync(file)}");
        }
    }

    private static IEnumerable<string> Folders()
    {
        var cases = Path.Combine(Repository.Root, "tests/Homestack.Tests/Cases");
        var stories = Directory.Exists(cases) ? Directory.EnumerateDirectories(cases).Where(story => File.Exists(story + "/expected/blueprint.json")).Select(story => story + "/home") : [];
        return Directory.EnumerateDirectories(Path.Combine(Repository.Root, "examples")).Concat(stories).Order(StringComparer.Ordinal);
    }
}
