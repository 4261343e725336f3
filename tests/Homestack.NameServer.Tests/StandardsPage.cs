using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Homestack.NameServer.Tests;

/// <summary>docs/standards.md names files and tests that exist.</summary>
public sealed partial class StandardsPage
{
    [Fact]
    public void Every_row_leads_to_a_file_and_a_test()
    {
        var root = Path.GetFullPath("../..", Path.GetDirectoryName(Here()) ?? ".");
        var rows = Row().Matches(File.ReadAllText(Path.Combine(root, "docs/standards.md")));
        Assert.NotEmpty(rows);
        foreach (var groups in rows.Select(row => row.Groups))
        {
            Assert.True(File.Exists(Path.Combine(root, "src/Homestack.NameServer", groups[1].Value)), groups[1].Value);
            Assert.True(Test(groups[2].Value)?.GetMethod(groups[3].Value, BindingFlags.Public | BindingFlags.Instance) is not null, groups[0].Value);
        }
    }

    [Fact]
    public void The_folder_of_scenarios_is_there()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Here()) ?? ".", "Scenarios");
        var page = File.ReadAllText(Path.GetFullPath("../../docs/standards.md", Path.GetDirectoryName(Here()) ?? "."));
        Assert.Contains("(../tests/Homestack.NameServer.Tests/Scenarios/README.md)", page, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "README.md")));
        Assert.Contains($"{Scenarios.Scenario.All.Count} scripted scenarios", page, StringComparison.Ordinal);
    }

    private Type? Test(string name) => Array.Find(GetType().Assembly.GetTypes(), type => type.Name == name);

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"\| `(\w+/\w+\.cs)` \| `(\w+)\.(\w+)` \|")]
    private static partial Regex Row();
}
