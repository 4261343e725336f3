using System.Globalization;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Engines;

/// <summary>A registry of images on loopback, filled through an engine.</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private readonly RunningProgram program;
    private readonly DockerEngine engine;
    private readonly int port;

    private LocalRegistry(DockerEngine engine, int port, RunningProgram program)
    {
        this.engine = engine;
        this.port = port;
        this.program = program;
    }

    public static async Task<LocalRegistry> StartAsync(DockerEngine engine, int port)
    {
        var settings = Path.Combine(engine.Folder, "registry.yaml");
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $$"""
            version: 0.1
            log: { level: error }
            storage: { filesystem: { rootdirectory: {{engine.Folder}}/registry } }
            http: { addr: "127.0.0.1:{{port}}" }

            """));
        var registry = new LocalRegistry(engine, port, RunningProgram.Start(["docker-registry", "serve", settings]));
        using var client = new HttpClient();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                try
                {
                    return (await client.GetAsync(new Uri($"http://127.0.0.1:{port}/v2/"))).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(20),
            "the registry answers");
        return registry;
    }

    /// <summary>The name of an image here, without its tag.</summary>
    public string Name(string image) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}/{image}");

    /// <summary>Makes an image with a page, puts it here under a tag, and takes it away from the engine.</summary>
    public async Task PutAsync(string image, string tag, string page)
    {
        var name = Name(image);
        await engine.Api.SendTarAsync($"images/create?fromSrc=-&repo={name}&tag={tag}", BusyboxImage.Pack(page));
        await engine.Api.PushAsync(name, tag);
        await engine.Api.SendAsync(HttpMethod.Delete, $"images/{name}:{tag}?force=true", mayBeGone: true);
    }

    public ValueTask DisposeAsync() => program.DisposeAsync();
}
