using Homestack.Blueprints;
using Homestack.Diagnostics;
using Homestack.Manifests.Sections;

namespace Homestack.Tests.Manifests;

/// <summary>Reference files and examples, broken at random: each says where, or still means something; none crashes; none takes a second.</summary>
/// <remarks>HOMESTACK_LONG=1 takes 100,000 and a new seed; HOMESTACK_SEED takes that one.</remarks>
public sealed class BrokenManifestTests(ITestOutputHelper output)
{
    private const int Usual = 10_000;
    private const int Long = 100_000;

    /// <summary>They concern no file, or all of them.</summary>
    private static readonly string[] WithoutPlace = ["HS1300", "HS1307", "HS1308"];

    [Fact]
    public void Every_broken_manifest_is_told_where()
    {
        var isLong = Environment.GetEnvironmentVariable("HOMESTACK_LONG") == "1";
        var seed = Environment.GetEnvironmentVariable("HOMESTACK_SEED") is { } given ? int.Parse(given) : isLong ? Environment.TickCount : 1;
        output.WriteLine($"seed {seed}");
        var homes = SampleHomes.All().ToList();
        var whole = homes.ToDictionary(home => home.Name, home => Attempt(home.Files, home.Name));
        Assert.All(whole, home => Assert.NotNull(home.Value.Meaning));

        int broken = 0, same = 0, other = 0;
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < (isLong ? Long : Usual); i++)
        {
            var random = new Random(unchecked((seed * 1_000_003) + i));
            var home = homes[random.Next(homes.Count)];
            var victim = random.Next(home.Files.Length);
            var (text, mutation) = Mutation.Of(home.Files[victim].Text, random);
            var files = home.Files.Select((file, index) => index == victim ? (file.Path, text) : file).ToArray();
            var about = $"seed {seed}, number {i}: {home.Name}/{home.Files[victim].Path}: {mutation}\n{text}";

            var start = ThreadClock.Now;
            var (meaning, diagnostics) = Attempt(files, about);
            var elapsed = ThreadClock.Now - start;

            slowest = elapsed > slowest ? elapsed : slowest;
            Assert.True(elapsed < TimeSpan.FromSeconds(1), $"{elapsed} for {about}");
            Assert.True(meaning is not null || diagnostics.HasErrors, "No blueprint and no error: " + about);
            Assert.All(diagnostics, diagnostic => CheckPlace(diagnostic, about));
            broken += diagnostics.HasErrors ? 1 : 0;
            same += meaning is not null && meaning.Equals(whole[home.Name].Meaning) ? 1 : 0;
            other += meaning is not null && !meaning.Equals(whole[home.Name].Meaning) ? 1 : 0;
        }

        output.WriteLine($"{broken:N0} broken and told where, {same:N0} mean the same, {other:N0} mean something else; slowest {slowest.TotalMilliseconds:N0} ms");
        Assert.True(broken >= 1_000, $"Only {broken} were broken.");
    }

    /// <returns>What homestack.yaml says and what was built of it; null when it was refused.</returns>
    private static ((HomeSpec Home, Blueprint Blueprint)? Meaning, DiagnosticBag Diagnostics) Attempt((string, string)[] files, string about)
    {
        try
        {
            var (manifest, blueprint, diagnostics) = HomeUnderTest.Load(new FolderInMemory(files));
            return (manifest is not null && blueprint is not null ? (manifest.Home, HomeUnderTest.WithoutPlaces(blueprint)) : null, diagnostics);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{exception}\n{about}");
            throw;
        }
    }

    private static void CheckPlace(Diagnostic diagnostic, string about)
    {
        if (WithoutPlace.Contains(diagnostic.Code))
        {
            return;
        }

        Assert.True(diagnostic.Span is not null, $"{diagnostic} has no place: {about}");
        var span = diagnostic.Span.Value;
        Assert.True(span is { Line: >= 1, Column: >= 1, Length: >= 1 }, $"{diagnostic}: {about}");
        Assert.InRange(span.Line, 1, span.Source.Text.AsSpan().Count('\n') + span.Source.Text.AsSpan().Count('\r') + 2);
        Assert.True(diagnostic.Summary.Length < 60, diagnostic.Summary);
        Assert.True(diagnostic.Detail.Length < 2_000, diagnostic.Detail);
        Assert.DoesNotContain(diagnostic.ToString(), letter => char.IsControl(letter));
        Assert.DoesNotContain("Exception", diagnostic.Detail);
    }
}
