using System.Text;
using Homestack.Diagnostics;
using Homestack.Tests.Model;

namespace Homestack.Tests.Plans;

public sealed class PlanJsonTests
{
    [Fact]
    public async Task Reads_back_exactly_what_was_written()
    {
        var plan = await new ModelHome().PlanAsync(ModelHome.Blueprint("db=pg", "web=nginx after db"));

        Assert.Equal(plan, ModelHome.Json.Read(ModelHome.Json.Write(plan), []));
        Assert.Equal(plan.Blueprint, ModelHome.Json.ReadBlueprint(ModelHome.Json.Write(plan.Blueprint), []));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"format\": 2}")]
    public void Refuses_what_is_no_plan(string json) => AssertRefused(json);

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2")]
    [InlineData("\"make-box\"", "\"format-disk\"")]
    [InlineData("\"basedOn\"", "\"basedUpon\"")]
    [InlineData("\"basedOn\": 0", "\"basedOn\": 0, \"basedOn\": 1")]
    [InlineData("boxes/box:app/web", "boxes")]
    public async Task Refuses_a_plan_that_was_changed_into_none(string from, string to)
    {
        var written = Encoding.UTF8.GetString(ModelHome.Json.Write(await new ModelHome().PlanAsync(ModelHome.Blueprint("web=nginx"))));
        Assert.Contains(from, written, StringComparison.Ordinal);

        AssertRefused(written.Replace(from, to, StringComparison.Ordinal));
    }

    private static void AssertRefused(string json)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(ModelHome.Json.Read(Encoding.UTF8.GetBytes(json), diagnostics));
        Assert.Equal("HS4003", Assert.Single(diagnostics).Code);
    }
}
