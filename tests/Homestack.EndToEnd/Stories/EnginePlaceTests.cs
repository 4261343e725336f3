using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Stories;

/// <summary>The container engine is found where the environment or the manifest says.</summary>
public sealed class EnginePlaceTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    [Fact]
    public async Task The_manifest_names_the_socket_and_the_environment_does_not_matter()
    {
        await engine.ImportAsync("test/app:1");
        using var home = new TemporaryHome();
        home.Write("homestack.yaml", $"""
            homestack: 1
            home: placed
            hosts:
              local: {"{"} connect: "{engine.Address}" {"}"}
            stacks: [stacks/main.yaml]

            """);
        home.Write("stacks/main.yaml", new StackText().Worker("app", "test/app:1").ToString());
        var command = new HomestackProcess(home.StateFolder, "unix:///no/such/socket");
        (await command.RunAsync("plan", home.Folder)).Expect(2);
        (await command.RunAsync("up", home.Folder, "-d", "--yes")).Expect(0);
        try
        {
            (await command.RunAsync("plan", home.Folder)).Expect(0);
            Assert.Single((await engine.Api.GetAsync("containers/json")).AsArray());
        }
        finally
        {
            await command.StopEngineAsync();
        }
    }
}
