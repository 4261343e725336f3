using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Worlds;

namespace Homestack.EndToEnd.Stories;

/// <summary>Images that a home names come from their registry, and going back brings the image of then, whatever its tag means now.</summary>
public sealed class PullTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    [Fact]
    public async Task Pulls_what_is_missing_and_rolls_back_to_the_image_of_then()
    {
        await using var registry = await LocalRegistry.StartAsync(engine, engine.Port(20));
        await registry.PutAsync("page", "1", "the first");
        await registry.PutAsync("page", "2", "the second");
        await using var home = new Household(engine, "reader");

        (await home.Write(Stack(registry.Name("page") + ":1")).ConvergeAsync()).Expect(0);
        Assert.Equal("the first", await ReadAsync());
        (await home.Write(Stack(registry.Name("page") + ":2")).ConvergeAsync()).Expect(0);
        Assert.Equal("the second", await ReadAsync());

        await engine.Api.SendAsync(HttpMethod.Post, "images/prune?filters=" + Uri.EscapeDataString("""{"dangling":["false"]}"""));
        await registry.PutAsync("page", "1", "not the first any more");
        (await home.Command.RunAsync("rollback", "1", "--yes")).Expect(0);
        Assert.Equal("the first", await ReadAsync());
    }

    private StackText Stack(string image) => new StackText().Web("page", image, engine.Port(6));

    private async Task<string> ReadAsync()
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(Visitors.Page(engine.Port(6)));
    }
}
