using System.Text;
using System.Text.Json;
using Homestack.Manifests.Yaml;

namespace Homestack.Tests.Manifests;

/// <summary>Laws of loading and building.</summary>
public sealed class ManifestProperties
{
    public static TheoryData<string> Names() => [.. SampleHomes.All().Select(home => home.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_order_of_keys_changes_nothing(string name)
    {
        var files = SampleHomes.All().First(home => home.Name == name).Files;
        var (manifest, blueprint, _) = HomeUnderTest.Load(new FolderInMemory(files));
        Assert.NotNull(manifest);
        Assert.NotNull(blueprint);

        for (var seed = 1; seed <= 25; seed++)
        {
            var random = new Random(seed);
            var shuffled = files.Select(file => file.Path.EndsWith(".env", StringComparison.Ordinal) ? file : (file.Path, Shuffled(file.Text, random))).ToArray();
            var (otherManifest, other, diagnostics) = HomeUnderTest.Load(new FolderInMemory(shuffled));

            Assert.True(!diagnostics.HasErrors, $"seed {seed}: {string.Join("\n", diagnostics)}\n{shuffled[0].Item2}");
            Assert.Equal(manifest.Home, otherManifest?.Home);
            Assert.NotNull(other);
            Assert.Equal(HomeUnderTest.WithoutPlaces(blueprint), HomeUnderTest.WithoutPlaces(other));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Loading_twice_gives_equal_manifests(string name)
    {
        var files = SampleHomes.All().First(home => home.Name == name).Files;

        Assert.Equal(HomeUnderTest.Load(new FolderInMemory(files)).Manifest, HomeUnderTest.Load(new FolderInMemory(files)).Manifest);
    }

    private static string Shuffled(string text, Random random)
    {
        var output = new StringBuilder();
        Write(YamlReader.Read(new("file", text), []) ?? throw new InvalidOperationException("Not YAML."), 0, random, output);
        return output.ToString();
    }

    private static void Write(YamlNode node, int indent, Random random, StringBuilder output)
    {
        var margin = new string(' ', indent);
        switch (node)
        {
            case YamlScalar scalar:
                output.Append(' ').Append(scalar.IsPlain ? scalar.Value : JsonSerializer.Serialize(scalar.Value)).Append('\n');
                break;
            case YamlSequence { Items.Count: 0 }:
                output.Append(" []\n");
                break;
            case YamlMapping { Entries.Count: 0 }:
                output.Append(" {}\n");
                break;
            case YamlSequence sequence:
                output.Append('\n');
                foreach (var item in sequence.Items)
                {
                    output.Append(margin).Append('-');
                    Write(item, indent + 2, random, output);
                }

                break;
            case YamlMapping mapping:
                output.Append('\n');
                foreach (var entry in mapping.Entries.OrderBy(_ => random.Next()))
                {
                    output.Append(margin).Append(JsonSerializer.Serialize(entry.Key.Value)).Append(':');
                    Write(entry.Value, indent + 2, random, output);
                }

                break;
        }
    }
}
