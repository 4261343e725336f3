using Homestack.Diagnostics;

namespace Homestack.Tests.Manifests.Compose;

public sealed class InterpolationTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["SET"] = "value", ["EMPTY"] = "", ["OTHER"] = "two" };

    [Theory]
    [InlineData("$SET", "value")]
    [InlineData("${SET}", "value")]
    [InlineData("a${SET}b$OTHER-c", "avaluebtwo-c")]
    [InlineData("${SET:-default}", "value")]
    [InlineData("${EMPTY:-default}", "default")]
    [InlineData("${EMPTY-default}", "")]
    [InlineData("${UNSET-default}", "default")]
    [InlineData("${UNSET:-}", "")]
    [InlineData("${UNSET:-${OTHER:-deep}}", "two")]
    [InlineData("${UNSET:-${ALSO_UNSET:-deep}}", "deep")]
    [InlineData("${UNSET:-a${SET}b}", "avalueb")]
    [InlineData("${SET:+alternative}", "alternative")]
    [InlineData("${EMPTY:+alternative}", "")]
    [InlineData("${EMPTY+alternative}", "alternative")]
    [InlineData("${UNSET+alternative}", "")]
    [InlineData("${SET:?needed}", "value")]
    [InlineData("${EMPTY?needed}", "")]
    [InlineData("$$SET and $${SET}", "$SET and ${SET}")]
    [InlineData("${UNSET:-:2283:80}", ":2283:80")]
    [InlineData("no variables", "no variables")]
    public void A_variable_is_put_in(string written, string expected)
    {
        var loaded = LoadedStack.With(Variables, [], $"services: {{ app: {{ image: x, environment: {{ A: '{written}' }} }} }}");
        Assert.Equal(expected, loaded.Service().Environment["A"].Value.Reveal(_ => "secret"));
        Assert.Empty(loaded.Diagnostics);
    }

    [Theory]
    [InlineData("${UNSET:?say this}", "HS1111", "say this")]
    [InlineData("${EMPTY:?}", "HS1111", "EMPTY")]
    [InlineData("${UNSET", "HS1112", "}")]
    [InlineData("$(command)", "HS1112", "$$")]
    [InlineData("costs 5$", "HS1112", "$$")]
    [InlineData("${}", "HS1112", "variable name")]
    [InlineData("${SET!x}", "HS1112", "!")]
    [InlineData("${secret:Not A Name}", "HS1113", "Not A Name")]
    public void What_cannot_be_put_in_is_an_error_with_its_place(string written, string code, string words)
    {
        var diagnostic = LoadedStack.With(Variables, [], $"services:\n  app:\n    image: x\n    environment:\n      A: '{written}'").Only(code);
        Assert.Equal(5, diagnostic.Span?.Line);
        Assert.Contains(words, diagnostic.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unset_variable_warns_and_is_empty()
    {
        var loaded = LoadedStack.With(Variables, [], "services: { app: { image: x, environment: { A: '${STE}' } } }");
        Assert.Equal("", loaded.Service().Environment["A"].ToString());
        var warning = loaded.Only("HS1110");
        Assert.Equal(Severity.Warning, warning.Severity);
        Assert.Contains("\"SET\"", warning.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_process_wins_over_the_env_file_beside_the_stack()
    {
        var loaded = LoadedStack.With(Variables, [], "services: { app: { image: 'x:${SET}-${FROM_FILE}' } }", ("stacks/.env", "SET=file\nFROM_FILE=1"));
        Assert.Equal("x:value-1", loaded.Service().Image?.Value);
    }

    [Fact]
    public void The_project_name_is_the_stack_unless_set() =>
        Assert.Equal("x:photos", LoadedStack.Of("services: { app: { image: 'x:${COMPOSE_PROJECT_NAME}' } }").Service().Image?.Value);

    [Fact]
    public void Keys_are_not_interpolated() => Assert.True(LoadedStack.With(Variables, [], "services: { app: { image: x, labels: { $SET: a } } }").Service().Labels.ContainsKey("$SET"));

    [Fact]
    public void A_number_may_come_from_a_variable() =>
        Assert.Equal(2, LoadedStack.Of("services: { app: { image: x, scale: '${N:-2}' } }").Service().Scale?.Value);

    [Theory]
    [InlineData("environment: { A: 'x-${secret:name}-y' }")]
    [InlineData("environment: ['A=x-${secret:name}-y']")]
    public void A_secret_stays_a_reference_in_the_environment(string keys) =>
        Assert.Equal("x-${secret:name}-y", LoadedStack.App(keys).Service().Environment["A"].Value.ToString());

    [Theory]
    [InlineData("labels: { A: '${secret:name}' }")]
    [InlineData("command: run ${secret:name}")]
    [InlineData("hostname: ${secret:name}")]
    [InlineData("ports: ['${secret:name}:80']")]
    public void A_secret_anywhere_else_is_an_error_that_says_where_it_may_stand(string keys) =>
        Assert.Contains("environment", LoadedStack.App(keys).Only("HS1027").Detail, StringComparison.Ordinal);

    [Fact]
    public void A_secret_in_a_shared_fragment_reaches_the_environment() =>
        Assert.Equal("${secret:a}", LoadedStack.Of("x-env: &env { A: '${secret:a}' }\nservices: { app: { image: x, environment: { <<: *env } } }").Service().Environment["A"].ToString());
}
