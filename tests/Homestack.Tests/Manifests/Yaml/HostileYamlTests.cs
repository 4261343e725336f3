using System.Text;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Tests.Manifests.Yaml;

/// <summary>Text that was written to hurt: every reading ends within a second and 200 MB, with a result or a diagnostic, never an exception.</summary>
public sealed class HostileYamlTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private const long MostMemory = 200L << 20;

    /// <summary>These have no content: there is nothing to read and nothing wrong.</summary>
    private static readonly string[] Empty = ["empty lines", "spaces", "tabs", "comments", "a long comment", "percent lines", "document ends"];

    public static TheoryData<string> Names() => [.. Texts().Select(text => text.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Ends_soon_and_says_why(string name)
    {
        var text = Texts().First(candidate => candidate.Name == name).Make();
        var (node, diagnostics, elapsed, memory) = Read(text);
        output.WriteLine($"{name}: {text.Length:N0} characters, {elapsed.TotalMilliseconds:N0} ms, {memory >> 20} MB, {(node is null ? "refused" : $"{node.Size:N0} nodes")} {string.Join(" ", diagnostics.Select(item => item.Code).Distinct())}");
        Assert.True(elapsed < Most, $"It took {elapsed}.");
        Assert.True(memory < MostMemory, $"It took {memory >> 20} MB.");
        Assert.True(node is not null || diagnostics.Count > 0 || Empty.Contains(name), "Nothing was read and nothing was said.");
        Assert.All(diagnostics, diagnostic => Assert.NotNull(diagnostic.Span));
    }

    private static (YamlNode? Node, DiagnosticBag Diagnostics, TimeSpan Elapsed, long Memory) Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = ThreadClock.Now;
        var node = YamlReader.Read(new("hostile.yaml", text), diagnostics);
        return (node, diagnostics, ThreadClock.Now - start, GC.GetTotalMemory(forceFullCollection: false) - before);
    }

    private static IEnumerable<(string Name, Func<string> Make)> Texts()
    {
        const int large = 1 << 20;
        yield return ("open brackets", () => new('[', large));
        yield return ("open braces", () => new('{', large));
        yield return ("brackets within the depth", () => "a: " + new string('[', 60) + new string(']', 60));
        yield return ("nested block lists", () => string.Concat(Enumerable.Repeat("- ", large / 2)));
        yield return ("nested block mappings", () => string.Join('\n', Enumerable.Range(0, 1500).Select(i => new string(' ', i) + "a:")));
        yield return ("question marks", () => string.Concat(Enumerable.Repeat("? ", large / 2)));
        yield return ("one long line", () => new('a', 4 * large));
        yield return ("one long quoted line", () => "\"" + new string('a', 4 * large - 2) + "\"");
        yield return ("one long quoted line without an end", () => "\"" + new string('a', 4 * large - 2));
        yield return ("many quotes", () => new('"', large));
        yield return ("many single quotes", () => new('\'', large));
        yield return ("escapes", () => "\"" + string.Concat(Enumerable.Repeat("\\x41", large)) + "\"");
        yield return ("a long key", () => new string('k', 2 * large) + ": v");
        yield return ("many colons", () => new(':', large));
        yield return ("many colons with spaces", () => string.Concat(Enumerable.Repeat(": ", large)));
        yield return ("many dashes", () => new('-', large));
        yield return ("many commas in a list", () => "[" + new string(',', large) + "]");
        yield return ("a wide list", () => "[" + string.Concat(Enumerable.Repeat("a,", 300_000)) + "]");
        yield return ("a wide flow mapping", () => "{" + string.Concat(Enumerable.Range(0, 150_000).Select(i => $"k{i}: v,")) + "}");
        yield return ("a wide mapping", () => string.Concat(Enumerable.Range(0, 150_000).Select(i => $"k{i}: v\n")));
        yield return ("too many nodes", () => string.Concat(Enumerable.Repeat("- a\n", large)));
        yield return ("one key many times", () => string.Concat(Enumerable.Repeat("k: v\n", 500_000)));
        yield return ("a long anchor", () => "&" + new string('a', 2 * large) + " v");
        yield return ("many anchors", () => string.Concat(Enumerable.Range(0, 150_000).Select(i => $"- &a{i} v\n")));
        yield return ("many unknown aliases", () => string.Concat(Enumerable.Range(0, 150_000).Select(i => $"- *a{i}\n")));
        yield return ("a long tag", () => "!" + new string('t', 2 * large) + " v");
        yield return ("many tags", () => string.Concat(Enumerable.Repeat("- !t v\n", 100_000)));
        yield return ("tag directives", () => string.Concat(Enumerable.Range(0, 50_000).Select(i => $"%TAG !a{i}! tag:x,2000:\n")) + "---\na: b\n");
        yield return ("a long block scalar", () => "a: |\n" + string.Concat(Enumerable.Repeat("  line\n", 400_000)));
        yield return ("a folded scalar", () => "a: >\n" + string.Concat(Enumerable.Repeat("  line\n", 400_000)));
        yield return ("a plain scalar of many lines", () => "a: b\n" + string.Concat(Enumerable.Repeat("  line\n", 400_000)));
        yield return ("empty lines", () => new string('\n', 4 * large));
        yield return ("empty lines in a quoted text", () => "a: \"" + new string('\n', 4 * large));
        yield return ("spaces", () => new(' ', 4 * large));
        yield return ("tabs", () => new('\t', 4 * large));
        yield return ("comments", () => string.Concat(Enumerable.Repeat("# a comment\n", 300_000)));
        yield return ("a long comment", () => "#" + new string('c', 4 * large));
        yield return ("many documents", () => string.Concat(Enumerable.Repeat("---\na: b\n", 100_000)));
        yield return ("document ends", () => string.Concat(Enumerable.Repeat("...\n", 500_000)));
        yield return ("control characters", () => new('\u0001', large));
        yield return ("nothing but zeros", () => new('\0', large));
        yield return ("a zero in the middle", () => "home: a\nstacks: []\0\nhidden: true\n");
        yield return ("replacement characters", () => new('\uFFFD', large));
        yield return ("half surrogates", () => new('\uD800', large));
        yield return ("billion laughs", () => BillionLaughs("[{0},{0},{0},{0},{0},{0},{0},{0},{0}]"));
        yield return ("billion laughs of mappings", () => BillionLaughs("{{a: {0}, b: {0}, c: {0}, d: {0}, e: {0}, f: {0}, g: {0}, h: {0}}}"));
        yield return ("merge keys of merge keys", MergeBomb);
        yield return ("one merge list many times", () => "a: &a { " + string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"k{i}: v")) + " }\nb:\n  <<: [" + string.Join(", ", Enumerable.Repeat("*a", 100_000)) + "]\n");
        yield return ("many mappings that merge a large one", () => "a: &a { " + string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"k{i}: v")) + " }\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"b{i}: {{ <<: *a }}\n")));
        yield return ("a self alias", () => "a: &a [*a]");
        yield return ("keys that are lists", () => string.Concat(Enumerable.Range(0, 50_000).Select(i => $"[{i}]: v\n")));
        yield return ("carriage returns", () => new('\r', large));
        yield return ("next lines", () => new('\u0085', large));
        yield return ("percent signs", () => new('%', large));
        yield return ("percent lines", () => string.Concat(Enumerable.Repeat("%a b\n", 200_000)));
    }

    private static string BillionLaughs(string pattern)
    {
        var text = new StringBuilder("a0: &a0 lol\n");
        for (var i = 1; i < 30; i++)
        {
            text.Append($"a{i}: &a{i} ").AppendFormat(pattern, $"*a{i - 1}").Append('\n');
        }

        return text.ToString();
    }

    private static string MergeBomb()
    {
        var text = new StringBuilder("a0: &a0 { k: [1, 2, 3, 4, 5, 6, 7, 8, 9] }\n");
        for (var i = 1; i < 40; i++)
        {
            text.Append($"a{i}: &a{i} {{ x{i}: *a{i - 1}, <<: *a{i - 1}, y{i}: *a{i - 1} }}\n");
        }

        return text.ToString();
    }
}
