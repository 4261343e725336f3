using Homestack.Diagnostics;
using Homestack.Manifests.Editing;
using Homestack.Tests.Architecture;

namespace Homestack.Tests.Manifests.Editing;

/// <summary>One entry changes; every other letter of the file stays as it was.</summary>
public sealed class ManifestEditorTests
{
    private const string Value = "{ proxy: \"http://10.0.0.2:80\", expose: [lan] }";

    public static TheoryData<string, string, string> Added => new()
    {
        { "in lines, after the last", "home: a # mine\nsites:\n  # the notes\n  notes: { folder: ./notes } # kept\n\n# people\npeople: {}\n", "home: a # mine\nsites:\n  # the notes\n  notes: { folder: ./notes } # kept\n  nas: V\n\n# people\npeople: {}\n" },
        { "in lines, deeper, without an end", "sites:\n    notes:\n        folder: ./notes\n        # why\n        expose:\n        - lan", "sites:\n    notes:\n        folder: ./notes\n        # why\n        expose:\n        - lan\n    nas: V" },
        { "between braces", "sites: { notes: { folder: ./notes } } # kept\nhome: a\n", "sites: { notes: { folder: ./notes }, nas: V } # kept\nhome: a\n" },
        { "between empty braces", "sites: {}\nhome: a\n", "sites: { nas: V }\nhome: a\n" },
        { "in a section without entries", "sites: # none yet\nhome: a\n", "sites: # none yet\n  nas: V\nhome: a\n" },
        { "in no section yet", "home: a\n\n# the end\n", "home: a\nsites:\n  nas: V\n\n# the end\n" },
        { "in the place of another", "sites:\n  nas: # old\n    proxy: http://10.0.0.9\n    expose: [vpn]\n  # notes\n  notes: { folder: ./notes }\n", "sites:\n  # notes\n  notes: { folder: ./notes }\n  nas: V\n" },
        { "with the line ends of the file", "home: a\r\nsites:\r\n  notes: { folder: ./n }\r\n", "home: a\r\nsites:\r\n  notes: { folder: ./n }\r\n  nas: V\r\n" },
        { "after a text of several lines", "sites:\n  notes:\n    folder: |-\n      ./notes\n      # no comment\nhome: a\n", "sites:\n  notes:\n    folder: |-\n      ./notes\n      # no comment\n  nas: V\nhome: a\n" },
    };

    public static TheoryData<string, string, string> Removed => new()
    {
        { "a line", "sites:\n  # one\n  nas: V # gone\n  # two\n  notes: { folder: ./n }\n", "sites:\n  # one\n  # two\n  notes: { folder: ./n }\n" },
        { "several lines", "sites:\n  nas:\n    proxy: http://10.0.0.9\n\n    expose:\n    - lan\n\n# people\npeople: {}\n", "sites:\n\n# people\npeople: {}\n" },
        { "the only one between braces", "sites: { nas: V }\nhome: a\n", "sites: {}\nhome: a\n" },
        { "the first between braces", "sites: { nas: V, notes: { folder: ./n } }\n", "sites: { notes: { folder: ./n } }\n" },
        { "the last between braces", "sites: { notes: { folder: ./n }, nas: V }\n", "sites: { notes: { folder: ./n } }\n" },
        { "the last line of the file", "home: a\nsites:\n  nas: V", "home: a\nsites:\n" },
    };

    public static TheoryData<string> NotUnderstood =>
    [
        "sites: &all\n  - nas\n",
        "sites: *nowhere\n",
        "sites: none\n",
        "base: &base { notes: { folder: ./n } }\nsites: *base\n",
    ];

    [Theory, MemberData(nameof(Added))]
    public void An_entry_is_added(string where, string before, string after) =>
        Assert.True(ManifestEditor.Set(Text(before), ["sites", "nas"], Value) == after.Replace("V", Value, StringComparison.Ordinal), where + ": " + ManifestEditor.Set(Text(before), ["sites", "nas"], Value));

    [Theory, MemberData(nameof(Removed))]
    public void An_entry_is_taken_out(string what, string before, string after) =>
        Assert.True(ManifestEditor.Remove(Text(before.Replace("V", Value, StringComparison.Ordinal)), ["sites", "nas"]) == after, what + ": " + ManifestEditor.Remove(Text(before.Replace("V", Value, StringComparison.Ordinal)), ["sites", "nas"]));

    [Theory, MemberData(nameof(NotUnderstood))]
    public void A_form_that_is_not_understood_is_left_alone(string text) => Assert.Null(ManifestEditor.Set(Text(text), ["sites", "nas"], Value));

    [Fact]
    public void A_path_that_is_partly_there_grows_from_where_it_ends()
    {
        Assert.Equal("dns:\n  upstreams: [1.1.1.1]\n  records:\n    nas: 10.0.0.2\n", ManifestEditor.Set(Text("dns:\n  upstreams: [1.1.1.1]\n"), ["dns", "records", "nas"], "10.0.0.2"));
        Assert.Equal("dns: { upstreams: [1.1.1.1], records: { nas: 10.0.0.2 } }\n", ManifestEditor.Set(Text("dns: { upstreams: [1.1.1.1] }\n"), ["dns", "records", "nas"], "10.0.0.2"));
        Assert.Equal("home: a\ndns:\n  records:\n    nas: 10.0.0.2\n", ManifestEditor.Set(Text("home: a\n"), ["dns", "records", "nas"], "10.0.0.2"));
    }

    [Fact]
    public void What_is_not_there_is_not_taken_out() => Assert.Null(ManifestEditor.Remove(Text("sites: { notes: { folder: ./n } }\n"), ["sites", "nas"]));

    /// <summary>Every home that the repository shows, with a name given, given anew and taken back.</summary>
    [Theory, MemberData(nameof(Homes))]
    public void A_home_is_the_same_after_a_name_was_given_and_taken_back(string file)
    {
        var text = File.ReadAllText(file);
        var given = ManifestEditor.Set(Text(text), ["sites", "given"], Value);
        Assert.NotNull(given);
        Assert.Contains(Value, given, StringComparison.Ordinal);
        Assert.Equal(given, ManifestEditor.Set(Text(given), ["sites", "given"], Value));
        var back = ManifestEditor.Remove(Text(given), ["sites", "given"]);
        Assert.Equal(Without(text), Without(back ?? ""));
    }

    public static TheoryData<string> Homes => [.. Directory.EnumerateFiles(Repository.Root, "homestack.yaml", SearchOption.AllDirectories).Where(path => !path.Contains("/artifacts/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>A section that was made for the entry may stay, empty.</summary>
    private static string Without(string text) => string.Concat(text.Split('\n').Where(line => line != "sites:").Select(line => line.TrimEnd() + "\n")).TrimEnd();

    private static SourceText Text(string text) => new("homestack.yaml", text);
}
