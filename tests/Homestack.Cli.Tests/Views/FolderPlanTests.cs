using Homestack.Cli.Views;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Homes;

namespace Homestack.Cli.Tests.Views;

/// <summary>What went through the engine reads as if it had been made here.</summary>
public sealed class FolderPlanTests
{
    private static readonly SourceText Source = new("stacks/media.yaml", "services:\n\tserver:\n  imag: a\n");

    private static readonly Diagnostic Complaint = new()
    {
        Code = "HS1101", Severity = Severity.Warning, Summary = "Unknown key", Detail = "There is no key \"imag\".\nDid you mean image?", Path = "services.server",
        Span = new SourceSpan(Source, 3, 3, 4), Related = [new(new SourceSpan(Source, 2, 2, 6), "in this service")],
    };

    [Fact]
    public void A_plan_prints_the_same_after_its_way_through_the_engine()
    {
        var sent = new FolderPlan([Complaint], 3, [], PlanSummary.Of(SamplePlan.Full));
        var came = FolderPlanWire.Read(FolderPlanWire.Write(sent));

        Assert.Equal(3, came.LeftOut);
        Assert.Equal(Print(sent), Print(came));
    }

    [Fact]
    public void A_diagnostic_keeps_its_line_and_caret()
    {
        var came = FolderPlanWire.Read(FolderPlanWire.Write(new([Complaint], 0, [Complaint], null)));
        Assert.Null(came.Plan);
        Assert.Contains("    3 |   imag: a\n      |   ^^^^\n", Print(came));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"loading":[],"leftOut":0,"planning":[],"plan":{}}""")]
    [InlineData("""{"loading":[1],"leftOut":0,"planning":[]}""")]
    public void What_is_no_such_answer_is_refused(string json) =>
        Assert.Throws<InvalidDataException>(() => FolderPlanWire.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_wish_carries_the_callers_environment_and_profiles()
    {
        var wish = new FolderWish("/home/a", new(new[] { new KeyValuePair<string, string>("A", "b\n\"c\"") }.ToValueMap(), ["one", "two"]));
        Assert.Equal(wish, FolderWish.Read(wish.Write()));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("""{"folder":"here","profiles":[],"environment":{}}""")]
    [InlineData("""{"folder":"/a","profiles":{},"environment":{}}""")]
    public void What_is_no_wish_is_refused(string json) =>
        Assert.Throws<InvalidDataException>(() => FolderWish.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Nobody_to_ask_is_no_answer() =>
        Assert.Null(new FolderPlanClient("/nowhere/engine.sock").Ask(new("/a", Manifests.LoadOptions.Empty), TestContext.Current.CancellationToken));

    private static string Print(FolderPlan plan)
    {
        var writer = new StringWriter();
        new DiagnosticsView(writer, Ink.Plain).Write([.. plan.Loading, .. plan.Planning], plan.LeftOut);
        if (plan.Plan is { } summary)
        {
            new PlanView(writer, Ink.Plain).Write(summary);
            new PlanView(writer, Ink.Plain).WriteNext(summary);
        }

        return writer.ToString();
    }
}
