using Homestack.Apply;
using Homestack.Cli.Tests.Views;
using Homestack.Diagnostics;
using Homestack.Homes;
using Homestack.Plans;

namespace Homestack.Cli.Tests.Commands;

/// <summary>What scripts depend on: the exit code of every verb that changes or judges a home.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private static readonly Plan Empty = SamplePlan.Full with { Changes = [], Steps = [] };

    private static readonly Diagnostic Refusal = new() { Code = "HS5003", Severity = Severity.Error, Summary = "The machine changed since this plan", Detail = "Nothing was changed." };

    private readonly string folder = Directory.CreateTempSubdirectory("homestack-cli-").FullName;

    private string Home => Path.Combine(folder, "home");

    private string PlanFile => Path.Combine(folder, "kept.plan");

    public ExitCodeTests()
    {
        Directory.CreateDirectory(Home);
        File.WriteAllText(Path.Combine(Home, "homestack.yaml"), "homestack: 1\nhome: krynet\n");
        File.WriteAllBytes(PlanFile, PlaneList.Json.Write(Empty));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_plan_with_nothing_to_do_is_0_with_changes_2_and_without_a_plan_1()
    {
        Assert.Equal(ExitCode.Fine, await RunAsync(new() { Outcome = new(Empty, []) }, "plan", Home));
        Assert.Equal(ExitCode.Different, await RunAsync(new() { Outcome = new(SamplePlan.Full, []) }, "plan", Home));
        Assert.Equal(ExitCode.Error, await RunAsync(new() { Outcome = new(null, [Refusal]) }, "plan", Home));
    }

    [Fact]
    public async Task A_kept_plan_that_was_carried_out_is_0_a_failed_one_1_and_a_moved_world_3()
    {
        Assert.Equal(ExitCode.Fine, await RunAsync(new(), "apply", PlanFile));
        Assert.Equal(ExitCode.Error, await RunAsync(new() { Result = new() { Outcome = ApplyOutcome.Failed } }, "apply", PlanFile));
        Assert.Equal(ExitCode.WorldMoved, await RunAsync(new() { Result = new() { Outcome = ApplyOutcome.WorldMoved, Diagnostics = [Refusal] } }, "apply", PlanFile));
    }

    [Fact]
    public async Task A_file_that_is_no_plan_is_refused_before_anything_is_touched()
    {
        File.WriteAllText(PlanFile, "junk");
        var home = new FakeHome();
        Assert.Equal(ExitCode.Error, await RunAsync(home, "apply", PlanFile));
        Assert.Equal(ExitCode.Error, await RunAsync(home, "apply", Path.Combine(folder, "none")));
        Assert.Empty(home.Applied);
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_a_question_is_an_error()
    {
        var home = new FakeHome { Outcome = new(SamplePlan.Full, []) };
        Assert.Equal(ExitCode.Error, await RunAsync(home, "rollback"));
        Assert.Equal(ExitCode.Error, await RunAsync(home, "down"));
        Assert.Empty(home.Applied);
    }

    [Fact]
    public async Task A_rollback_goes_to_the_generation_that_was_named_or_to_the_one_before()
    {
        var home = new FakeHome { Outcome = new(SamplePlan.Full, []) };
        Assert.Equal(ExitCode.Fine, await RunAsync(home, "rollback", "12", "--yes"));
        Assert.Equal(12, home.RollbackTo);
        Assert.Equal(ExitCode.Fine, await RunAsync(home, "rollback", "--yes"));
        Assert.Equal(0, home.RollbackTo);
        Assert.Equal(2, home.Applied.Count);
    }

    [Fact]
    public async Task Down_says_that_the_home_is_stopped()
    {
        var terminal = Terminal(new() { Outcome = new(SamplePlan.Full, []) });
        Assert.Equal(ExitCode.Fine, await terminal.RunAsync("down", "--yes", "--state", folder));
        Assert.Contains("krynet is stopped", terminal.Output);
        Assert.DoesNotContain("as its manifest says", terminal.Output);
    }

    [Theory]
    [InlineData(ServiceHealth.Well, ExitCode.Fine)]
    [InlineData(ServiceHealth.Resting, ExitCode.Fine)]
    [InlineData(ServiceHealth.Starting, ExitCode.Different)]
    [InlineData(ServiceHealth.Unwell, ExitCode.Different)]
    [InlineData(ServiceHealth.Missing, ExitCode.Different)]
    internal async Task A_status_is_0_only_when_all_is_well(ServiceHealth health, ExitCode code)
    {
        var service = new ServiceStatus { Name = "photos/server", Host = "local", Wanted = 1, Running = 1, Health = health, Words = "so" };
        Assert.Equal(code, await RunAsync(new() { Status = new() { Home = "krynet", Generation = 1, Services = [service] } }, "status"));
    }

    [Fact]
    public async Task A_secret_is_set_from_standard_input_and_only_its_name_is_listed()
    {
        var setting = new Terminal("hunter2\n");
        Assert.Equal(ExitCode.Fine, await setting.RunAsync("secret", "set", "token", "--state", folder));
        var listing = new Terminal();
        Assert.Equal(ExitCode.Fine, await listing.RunAsync("secret", "list", "--state", folder));
        Assert.Equal("token\n", listing.Output);
        Assert.Equal("hunter2", File.ReadAllText(Path.Combine(folder, "secrets", "token")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "secrets", "token")));
        Assert.DoesNotContain("hunter2", setting.Output + setting.Error);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("Upper")]
    [InlineData("")]
    public async Task A_secret_with_a_name_that_is_none_is_refused(string name) =>
        Assert.Equal(ExitCode.Error, await new Terminal("value").RunAsync("secret", "set", name, "--state", folder));

    [Fact]
    public async Task Installing_below_a_folder_writes_the_unit_with_the_path_that_lasts()
    {
        // systemd's own judgement, where it is installed, wants a program that is there.
        var program = Path.Combine(folder, "homestack-engine");
        File.WriteAllText(program, "#!/bin/sh\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var terminal = new Terminal("", false, ("HOMESTACK_PROGRAMS", folder));
        Assert.Equal(ExitCode.Fine, await terminal.RunAsync("install", "--root", folder, "--state", "/srv/state"));
        Assert.Contains($"ExecStart=\"{program}\" \"--state\" \"/srv/state\"\n", File.ReadAllText(Path.Combine(folder, "etc/systemd/system/homestack-engine.service")));
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("restart")]
    public async Task A_verb_about_a_service_says_that_nothing_was_applied_yet(string verb)
    {
        var terminal = Terminal(new());
        Assert.Equal(ExitCode.Error, await terminal.RunAsync(verb, "photos", "--state", folder));
        Assert.Contains("HS5100", terminal.Error);
    }

    private static Terminal Terminal(FakeHome home)
    {
        var terminal = new Terminal();
        terminal.Io = terminal.Io with { Homes = new FakeHomeOpener(home) };
        return terminal;
    }

    private Task<ExitCode> RunAsync(FakeHome home, params string[] arguments) => Terminal(home).RunAsync([.. arguments, "--state", folder]);
}
