using Homestack.Cli.Views;
using Homestack.Diagnostics;

namespace Homestack.Cli.Tests.Views;

public sealed class DiagnosticsViewTests
{
    [Fact]
    public void Shows_the_place_the_line_and_a_caret()
    {
        var source = new SourceText("homestack.yaml", "a: 1\n    network: medai\n");
        Assert.Equal(
            """
            homestack.yaml:2:14: error HS2014: Unknown network  services.jellyfin.network
                2 |     network: medai
                  |              ^^^^^
              No network is named "medai". Did you mean "media"?


            """,
            Print(Unknown(new(source, 2, 14, 5))));
    }

    [Fact]
    public void Keeps_the_caret_below_its_letter_after_tabs() =>
        Assert.Contains("\n      | \t\t^^^^^\n", Print(Unknown(new(new SourceText("x", "\t\tmedai"), 1, 3, 5))));

    [Fact]
    public void A_file_cannot_command_the_terminal()
    {
        var printed = Print(Unknown(new(new SourceText("x", "a: \e]0;owned\a\e[2J"), 1, 1, 3)));
        Assert.DoesNotContain('\e', printed);
        Assert.DoesNotContain('\a', printed);
    }

    [Fact]
    public void A_very_long_line_is_cut_around_the_place()
    {
        var printed = Print(Unknown(new(new SourceText("x", new string('a', 5000) + "HERE" + new string('b', 5000)), 1, 5001, 4)));
        Assert.All(printed.Split('\n'), line => Assert.True(line.Length < 200, line));
        var lines = printed.Split('\n');
        Assert.Equal(lines[1].IndexOf("HERE", StringComparison.Ordinal), lines[2].IndexOf('^', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 1)]
    [InlineData(1, 9999)]
    public void A_place_outside_of_the_text_is_no_failure(int line, int column) =>
        Assert.Contains("HS2014", Print(Unknown(new(new SourceText("x", "short"), line, column, 3))));

    [Fact]
    public void Says_how_many_more_there_are()
    {
        var writer = new StringWriter();
        new DiagnosticsView(writer, Ink.Plain).Write([], 12);
        Assert.Equal("… and 12 more\n", writer.ToString());
    }

    private static Diagnostic Unknown(SourceSpan span) => new()
    {
        Code = "HS2014",
        Severity = Severity.Error,
        Summary = "Unknown network",
        Detail = "No network is named \"medai\". Did you mean \"media\"?",
        Span = span,
        Path = "services.jellyfin.network",
    };

    private static string Print(Diagnostic diagnostic)
    {
        var writer = new StringWriter();
        new DiagnosticsView(writer, Ink.Plain).Write([diagnostic], 0);
        return writer.ToString();
    }
}
