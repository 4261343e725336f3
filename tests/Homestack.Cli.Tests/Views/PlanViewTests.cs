using Homestack.Cli.Views;
using Homestack.Homes;
using Homestack.Plans;

namespace Homestack.Cli.Tests.Views;

public sealed class PlanViewTests
{
    [Fact]
    public void A_plan_is_one_line_per_thing_with_what_is_felt_of_it() =>
        Golden.Matches("plan.txt", Print(SamplePlan.Full, Ink.Plain));

    [Fact]
    public void A_plan_as_JSON_is_stable()
    {
        var terminal = new Terminal();
        CliJson.Write(terminal.Io, PlanReport.Of(SamplePlan.Full), json => json.PlanReport);
        Golden.Matches("plan.json", terminal.Output);
    }

    [Fact]
    public void An_empty_plan_is_one_line() =>
        Assert.Equal("krynet · generation 14 · nothing to change\n", Print(SamplePlan.Empty, Ink.Plain));

    [Fact]
    public void An_explanation_shows_every_step_and_what_happens_if_one_fails()
    {
        var writer = new StringWriter();
        Assert.True(new PlanView(writer, Ink.Plain).WriteExplanation(SamplePlan.Full, "server"));
        Golden.Matches("explain.txt", writer.ToString());
    }

    [Fact]
    public void A_name_without_a_change_has_no_explanation() =>
        Assert.False(new PlanView(new StringWriter(), Ink.Plain).WriteExplanation(SamplePlan.Full, "nowhere"));

    [Fact]
    public void Colour_changes_no_letter()
    {
        var terminal = new Terminal(isTerminal: true);
        var coloured = Print(SamplePlan.Full, Ink.For(terminal.Io, isTerminal: true));
        Assert.Contains("\e[", coloured);
        Assert.Equal(Print(SamplePlan.Full, Ink.Plain), System.Text.RegularExpressions.Regex.Replace(coloured, @"\e\[[0-9]*m", ""));
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public void Colour_can_be_declined(string name, string value) =>
        Assert.DoesNotContain("\e[", Print(SamplePlan.Full, Ink.For(new Terminal("", true, (name, value)).Io, isTerminal: true)));

    private static string Print(Plan plan, Ink ink)
    {
        var writer = new StringWriter();
        var view = new PlanView(writer, ink);
        view.Write(PlanSummary.Of(plan));
        view.WriteNext(PlanSummary.Of(plan));
        return writer.ToString();
    }
}
