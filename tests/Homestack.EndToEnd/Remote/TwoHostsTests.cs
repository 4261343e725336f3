using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;

namespace Homestack.EndToEnd.Remote;

/// <summary>One home on two machines: this one, and one that is reached through ssh.</summary>
[Collection(RemoteCollection.Name)]
public sealed class TwoHostsTests(FarEngine far, DockerEngine near) : IClassFixture<DockerEngine>
{
    [Fact]
    public async Task Each_machine_gets_its_services_and_drift_is_mended_where_it_is()
    {
        await near.ImportAsync("test/app:1");
        await using var home = Home("pair").Write(new StackText().Worker("here", "test/app:1").Store("there", "test/app:1", "kept", "x-homestack: { host: far }"));
        await home.ConvergeAsync();
        (await home.PlanAsync()).Expect(0);
        Assert.Equal(["/pair-main-here"], await NamesAsync(near));
        Assert.Equal(["/pair-main-there"], await NamesAsync(far.Engine));

        await far.Engine.Api.SendAsync(HttpMethod.Post, "containers/pair-main-there/kill");
        var drift = (await home.PlanAsync()).Expect(2);
        Assert.Contains("there", drift.Said);
        await home.ConvergeAsync();
        (await home.PlanAsync()).Expect(0);

        home.Write(new StackText().Worker("here", "test/app:1"));
        await home.ConvergeAsync();
        Assert.Empty(await NamesAsync(far.Engine));
        Assert.Equal(["/pair-main-here"], await NamesAsync(near));
        await near.EmptyAsync();
    }

    [Fact]
    public async Task A_made_file_for_the_other_machine_is_refused_with_its_place()
    {
        await using var home = Home("files");
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

    private FarHousehold Home(string name) => new FarHousehold(far, name).Hosts($"  local: {{ connect: \"{near.Address}\" }}", $"  far: {{ connect: \"{far.Through("far")}\" }}");
}
