using System.Text.Json;
using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Engine.Api;
using Homestack.Engine.Reconciling;
using Homestack.Engine.Tests.Reconciling;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Engine.Tests.Api;

/// <summary>A caller's client, the real socket and the engine's endpoints, with a made-up home behind them.</summary>
public sealed class HomeEndpointsTests : IDisposable
{
    private static readonly Blueprint Wanted = new() { Home = "krynet" };

    private readonly string folder = Directory.CreateTempSubdirectory("homestack-api-").FullName;
    private readonly List<string> log = [];
    private readonly DriftBoard board = new(TimeProvider.System, _ => { });

    private string Socket => Path.Combine(folder, "run", "engine.sock");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_plan_comes_back_as_it_was_made_and_the_wish_arrives_whole()
    {
        var home = new AskedHome();
        await using var listener = await ListenAsync(home);
        using var client = new EngineClient(Socket);
        var options = new PlanOptions { Folder = "/srv/home", Sources = [new("homestack.yaml", "homestack: 1\n")], RollbackTo = 2 };

        var outcome = await client.PlanAsync(Wanted, options, Cancellation);

        Assert.Equal(AskedHome.Empty(Wanted) with { Folder = "/srv/home" }, outcome.Plan);
        Assert.Equal(options, home.Options);
        Assert.Equal("down", (await client.PlanDownAsync(Cancellation)).Plan?.Home);
    }

    [Fact]
    public async Task What_a_home_says_against_a_rollback_arrives_in_its_own_words()
    {
        await using var listener = await ListenAsync(new AskedHome());
        using var client = new EngineClient(Socket);
        var outcome = await client.PlanRollbackAsync(7, Cancellation);
        Assert.Null(outcome.Plan);
        var diagnostic = Assert.Single(outcome.Diagnostics);
        Assert.Equal("HS5100", diagnostic.Code);
        Assert.Contains("/state/7", diagnostic.Detail);
    }

    [Fact]
    public async Task Exactly_the_plan_that_was_sent_is_carried_out_and_its_result_comes_back()
    {
        var home = new AskedHome();
        await using var listener = await ListenAsync(home);
        using var client = new EngineClient(Socket);
        var plan = AskedHome.Empty(Wanted);
        Assert.Equal(home.Result, await client.ApplyAsync(plan, new Nowhere(), Cancellation));
        Assert.Equal(plan, home.Applied);
    }

    [Fact]
    public async Task A_mistake_of_ours_in_an_apply_is_logged_and_is_no_crash_for_the_caller()
    {
        await using var listener = await ListenAsync(new AskedHome { Breaks = new InvalidOperationException("nonsense") });
        using var client = new EngineClient(Socket);
        await Assert.ThrowsAsync<MachineException>(() => client.ApplyAsync(AskedHome.Empty(Wanted), new Nowhere(), Cancellation));
        Assert.Contains("HS9001", Assert.Single(log));
        Assert.Equal("asked", (await client.StatusAsync(Cancellation)).Home);
    }

    [Fact]
    public async Task Events_begin_with_the_newest_report_and_go_on_with_every_later_one()
    {
        board.Post(["photos: stopped"], "");
        await using var listener = await ListenAsync(new AskedHome());
        using var transport = new EngineTransport("unix://" + Socket);
        using var response = await transport.SendAsync(new(HttpMethod.Get, "/api/v1/events"), TimeSpan.FromSeconds(10), Cancellation);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        Assert.Equal(["photos: stopped"], await ReportAsync(lines));
        board.Post([], "");
        Assert.Empty(await ReportAsync(lines));
    }

    private static async Task<IReadOnlyList<string>> ReportAsync(StreamReader lines) =>
        JsonSerializer.Deserialize(await lines.ReadLineAsync(Cancellation) ?? "", ApiJson.Wire.DriftReport)?.Drift ?? throw new InvalidDataException("A report is empty.");

    private Task<ApiListener> ListenAsync(IHome home)
    {
        var watch = new DriftWatch(new FakeHome(), board, TimeProvider.System, new(), _ => { });
        return ApiListener.StartAsync(Socket, new(new HomeEndpoints(home, board, watch).Endpoints()), new(ProcessEnvironment.UserId), log.Add, Cancellation);
    }

    private sealed class Nowhere : IProgress<ApplyEvent>
    {
        public void Report(ApplyEvent value)
        {
        }
    }
}
