using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;

namespace Homestack.EndToEnd.Remote;

/// <summary>One home on two machines: this one, and one that is reached through ssh.</summary>
[Collection(RemoteCollection.Name)]
public sealed class TwoHostsTests(FarEngine far)
{
    [Fact]
    public async Task Each_machine_gets_its_services_and_drift_is_mended_where_it_is()
    {
        await far.Near.ImportAsync("test/app:1");
        await using var home = Home("pair", "main", "other").Write(new StackText().Worker("here", "test/app:1")).Write(new StackText().Store("there", "test/app:1", "kept", "x-homestack: { host: far }"), "other");
        await home.ConvergeAsync();
        (await home.PlanAsync()).Expect(0);
        Assert.Equal(["/pair-main-here"], await NamesAsync(far.Near));
        Assert.Equal(["/pair-other-there"], await NamesAsync(far.Engine));

        await far.Engine.Api.SendAsync(HttpMethod.Post, "containers/pair-other-there/kill");
        var drift = (await home.PlanAsync()).Expect(2);
        Assert.Contains("there", drift.Said);
        await home.ConvergeAsync();
        (await home.PlanAsync()).Expect(0);

        home.Write(new StackText().Worker("there", "test/app:1"), "other");
        await home.ConvergeAsync();
        (await home.PlanAsync()).Expect(0);
        Assert.Empty(await NamesAsync(far.Engine));
        Assert.Equal(["/pair-main-here", "/pair-other-there"], (await NamesAsync(far.Near)).Order());
    }

    [Fact]
    public async Task A_made_file_for_the_other_machine_is_refused_with_its_place()
    {
        await using var home = Home("files", "main");
        home.Files.Write("stacks/main.yaml", """
            services:
              app:
                image: test/app:1
                configs: [motd]
                x-homestack: { host: far }
            configs:
              motd: { content: hello }

            """);
        var said = (await home.PlanAsync()).Expect(1);
        Assert.Contains("HS3012", said.Said);
        Assert.Contains("stacks/main.yaml:2", said.Said);
    }

    private static async Task<IEnumerable<string>> NamesAsync(DockerEngine engine) =>
        (await engine.Api.GetAsync("containers/json")).AsArray().Select(container => (string?)container?["Names"]?[0] ?? "");

    private FarHousehold Home(string name, params IReadOnlyList<string> stacks) => new FarHousehold(far, name) { Stacks = stacks }.Hosts($"  local: {{ connect: \"{far.Near.Address}\" }}", $"  far: {{ connect: \"{far.Through("far")}\" }}");
}
