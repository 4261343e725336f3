using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Homes;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Tests.Homes;

public sealed class StatusBuilderTests
{
    [Theory]
    [InlineData("running", null, 0, ServiceHealth.Well, "running")]
    [InlineData("running", "healthy", 0, ServiceHealth.Well, "running")]
    [InlineData("running", "starting", 0, ServiceHealth.Starting, "starting")]
    [InlineData("running", "unhealthy", 0, ServiceHealth.Unwell, "unhealthy")]
    [InlineData("restarting", null, 3, ServiceHealth.Unwell, "falls over again and again (exit 3)")]
    [InlineData("exited", null, 137, ServiceHealth.Stopped, "exited 137")]
    [InlineData("exited", null, 0, ServiceHealth.Resting, "finished")]
    [InlineData("paused", null, 0, ServiceHealth.Stopped, "paused")]
    [InlineData("created", null, 0, ServiceHealth.Stopped, "never started")]
    public void The_engines_words_become_one_of_six(string status, string? health, int exit, ServiceHealth expected, string words)
    {
        var seen = Build(new(), Running("a", status, health, exit));
        Assert.Equal((expected, words), (seen.Health, seen.Words));
    }

    [Fact]
    public void A_service_that_should_go_on_for_ever_and_ended_is_stopped() =>
        Assert.Equal(ServiceHealth.Stopped, Build(new() { Restart = new(RestartCondition.Always, 0) }, Running("a", "exited", null, 0)).Health);

    [Theory]
    [InlineData("running", 0, ServiceHealth.Well, "running")]
    [InlineData("exited", 0, ServiceHealth.Resting, "asleep")]
    [InlineData("exited", 137, ServiceHealth.Resting, "asleep")]
    [InlineData("exited", 143, ServiceHealth.Resting, "asleep")]
    [InlineData("exited", 3, ServiceHealth.Resting, "asleep; it ended with 3")]
    [InlineData("created", 0, ServiceHealth.Stopped, "never started")]
    public void One_that_sleeps_is_asleep_when_it_is_stopped(string status, int exit, ServiceHealth expected, string words)
    {
        var seen = Build(new() { Restart = new(RestartCondition.Always, 0) }, TimeSpan.FromMinutes(30), Running("a", status, null, exit));
        Assert.Equal((expected, words), (seen.Health, seen.Words));
    }

    [Fact]
    public void Without_a_container_it_is_missing() => Assert.Equal(ServiceHealth.Missing, Build(new()).Health);

    [Fact]
    public void The_old_container_that_is_kept_during_a_replacement_does_not_count() =>
        Assert.Equal((ServiceHealth.Well, 1), Build(new(), Running("old", "exited", null, 137), Running("new", "running", null, 0)) is var seen ? (seen.Health, seen.Running) : default);

    [Fact]
    public void It_answers_where_the_engine_publishes_it()
    {
        var settings = new ContainerSettings { Ports = [new("127.0.0.1", 8088, 8088, 8080, "tcp"), new("", 5432, 5432, 5432, "tcp"), new("", 53, 53, 53, "udp"), new("::1", 443, 443, 443, "tcp")] };
        Assert.Equal(["127.0.0.1:5432", "http://127.0.0.1:8088", "https://[::1]:443"], Build(settings, Running("a", "running", null, 0)).Addresses);
    }

    private static ServiceStatus Build(ContainerSettings settings, params ContainerInspection[] containers) => Build(settings, null, containers);

    private static ServiceStatus Build(ContainerSettings settings, TimeSpan? sleep, params ContainerInspection[] containers)
    {
        Assert.True(ImageReference.TryParse("x:1", out var image));
        var service = new Service { Stack = "photos", Name = "server", Image = new() { Reference = image ?? throw new InvalidOperationException() }, Container = settings, Exposure = new() { Sleep = sleep } };
        var blueprint = new Blueprint { Home = "krynet", Services = new[] { service }.ToValueMap(_ => "photos/server", each => each) };
        return Assert.Single(StatusBuilder.Build(blueprint, new Dictionary<string, IReadOnlyList<ContainerInspection>> { ["local"] = containers }, new()));
    }

    private static ContainerInspection Running(string id, string status, string? health, int exit) => new()
    {
        Id = id,
        Name = "/" + id,
        State = new() { Status = status, ExitCode = exit, Health = health is null ? null : new() { Status = health } },
        Config = new() { Labels = new[] { new KeyValuePair<string, string>("homestack.resource", "service:photos/server") }.ToValueMap() },
        HostConfig = new(),
        NetworkSettings = new(),
    };
}
