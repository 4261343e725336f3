using System.Text;
using System.Text.RegularExpressions;
using Homestack.Diagnostics;
using Homestack.Tests.Architecture;

namespace Homestack.Tests.Diagnostics;

/// <summary>Every diagnostic comes from a catalogue: a static class called <c>*Diagnostics</c> with a factory method for each problem.</summary>
public sealed partial class DiagnosticCatalogueTests
{
    /// <summary>Guards the reading below: were the way of writing catalogues to change, it would find none and prove nothing.</summary>
    private const int Least = 80;

    [Fact]
    public void Every_code_belongs_to_one_problem()
    {
        var codes = Catalogue();

        Assert.True(codes.Count >= Least, $"Only {codes.Count} were found.");
        Assert.Empty(codes.GroupBy(entry => entry.Code).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(entry => entry.File))}"));
    }

    [Fact]
    public void Every_code_stands_in_a_catalogue()
    {
        var written = Repository.CSharpFiles("src").SelectMany(file => CodePattern().Matches(file.Text).Select(match => (file.Path, Code: match.Groups["code"].Value)));

        Assert.DoesNotContain(written, code => !code.Path.EndsWith("Diagnostics.cs", StringComparison.Ordinal));
        Assert.Empty(written.Select(code => code.Code).Distinct().Except(Catalogue().Select(entry => entry.Code)));
    }

    [Fact]
    public void A_catalogue_is_a_static_class_whose_methods_make_diagnostics()
    {
        var catalogues = typeof(Diagnostic).Assembly.GetTypes().Where(type => type.Name.EndsWith("Diagnostics", StringComparison.Ordinal) && type.Name.Length > 11).ToList();

        Assert.True(catalogues.Count >= 8);
        Assert.All(catalogues, type => Assert.True(type is { IsAbstract: true, IsSealed: true }, $"{type} is not static."));
        Assert.All(catalogues, type => Assert.Contains(type.GetMethods(), method => method.ReturnType == typeof(Diagnostic)));
    }

    [Fact]
    public void Summaries_are_short_and_end_without_a_dot() =>
        Assert.All(Catalogue(), entry => Assert.True(entry.Summary.Length < 60 && !entry.Summary.EndsWith('.') && char.IsUpper(entry.Summary[0]), $"{entry.Code}: {entry.Summary}"));

    [Fact]
    public void The_manual_lists_every_code()
    {
        const string path = "docs/diagnostics.md";
        const string marker = "<!-- The list below is written by DiagnosticCatalogueTests. -->\n";
        var text = File.ReadAllText(Path.Combine(Repository.Root, path));
        var end = text.IndexOf(marker, StringComparison.Ordinal) + marker.Length;
        var list = new StringBuilder(text[..end]);
        foreach (var group in Catalogue().GroupBy(entry => Chapter(entry.Code)))
        {
            list.Append($"\n### {group.Key}\n\n| code | | summary | written in |\n|---|---|---|---|\n");
            foreach (var entry in group)
            {
                list.Append($"| {entry.Code} | {entry.Severity} | {entry.Summary} | [{Path.GetFileNameWithoutExtension(entry.File)}](../src/{entry.File}) |\n");
            }
        }

        Golden.Check(path, list.ToString());
    }

    private static string Chapter(string code) => int.Parse(code.AsSpan(2)) switch
    {
        < 1020 => "YAML",
        < 1100 => "Values of the wrong kind",
        < 1300 => "Compose files",
        < 2000 => "homestack.yaml",
        < 2200 => "Stacks that do not fit together",
        < 3000 => "A home that does not fit together",
        < 4000 => "Planes",
        < 5000 => "Planning",
        < 5100 => "Applying",
        < 9000 => "Processes",
        _ => "Our bugs",
    };

    private static IReadOnlyList<(string Code, string Severity, string Summary, string File)> Catalogue() =>
    [
        .. Repository.CSharpFiles("src")
            .Where(file => file.Path.EndsWith("Diagnostics.cs", StringComparison.Ordinal))
            .SelectMany(file => EntryPattern().Matches(file.Text)
                .Select(match => (match.Groups["code"].Value, IsWarning(file.Text, match.Index, match.Length) ? "warning" : "error", match.Groups["summary"].Value, file.Path)))
            .OrderBy(entry => entry.Item1, StringComparer.Ordinal),
    ];

    /// <summary>Whether the call or initialiser that holds a code says so.</summary>
    private static bool IsWarning(string text, int start, int length)
    {
        var begin = text.LastIndexOf("public static", start, StringComparison.Ordinal);
        return text[Math.Max(0, begin)..(start + length)].Contains("Warning", StringComparison.Ordinal);
    }

    [GeneratedRegex("\"(?<code>HS[0-9]{4})\",\\s*(?:Severity = [\\w.]+,\\s*|Severity\\.\\w+,\\s*)?(?:Summary = )?\"(?<summary>[^\"{}]+)\"")]
    private static partial Regex EntryPattern();

    [GeneratedRegex("\"(?<code>HS[0-9]{4})\"")]
    private static partial Regex CodePattern();
}
