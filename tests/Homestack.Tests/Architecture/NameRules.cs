using System.Text.RegularExpressions;

namespace Homestack.Tests.Architecture;

/// <summary>Type names say what a thing is; the words below hide it.</summary>
public sealed partial class NameRules
{
    [Fact]
    public void No_type_hides_behind_a_word_that_means_nothing()
    {
        var bad = Repository.CSharpFiles("src")
            .SelectMany(file => Declarations().Matches(file.Text).Select(match => (file.Path, Name: match.Groups["name"].Value)))
            .Where(type => Hiding().IsMatch(type.Name));
        Assert.Empty(bad);
    }

    [Fact]
    public void Product_code_never_forgives_a_null()
    {
        var bad = Repository.CSharpFiles("src").Where(file => Forgiveness().IsMatch(Strings().Replace(Comments().Replace(file.Text, ""), "\"\""))).Select(file => file.Path);
        Assert.Empty(bad);
    }

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum|record struct|record class)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex Declarations();

    [GeneratedRegex(@"(Manager|Helper|Helpers|Util|Utils|Common|Misc|Processor|Info|Data)$|^(Base[A-Z]|.+Base$)|.+Service$")]
    private static partial Regex Hiding();

    [GeneratedRegex(@"[\w)\]>]!(?=[.;,)\]\[])")]
    private static partial Regex Forgiveness();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\\n])*\"")]
    private static partial Regex Strings();
}
