using System.Net;
using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Stories;
using Homestack.Homes;

namespace Homestack.EndToEnd.Networks;

/// <summary>Programs give names and take them: the manifest, the plan and the world say the same afterwards.</summary>
public sealed class NamesApiTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const string Here = "127.0.0.2";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30), UpLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_name_is_given_and_taken_and_the_rest_of_the_manifest_stays_as_it_was()
    {
        await engine.ImportAsync("test/web:1");
        using var printer = new HttpListener();
        printer.Prefixes.Add($"http://127.0.0.1:{engine.Port(33)}/");
        printer.Start();
        var answering = AnswerAsync(printer);
        await using var home = new Household(engine, "named");
        var manifest = $$"""
            homestack: 1 # the first
            home: named
            hosts: { here: { address: {{Here}} } }
            zones: { lan: 127.0.0.0/8 }   # everybody here
            listen: { https: {{engine.Port(30)}}, http: {{engine.Port(31)}}, dns: {{engine.Port(32)}} }
            stacks: [stacks/main.yaml]

            # the end

            """;
        home.Files.LetThrough();
        home.Files.Write("homestack.yaml", manifest);
        var file = Path.Combine(home.Files.Folder, "homestack.yaml");
        home.Write(new StackText().Service("web", "test/web:1", ["command: [httpd, -f, -p, \"80\", -h, /www]", "x-homestack: { port: 80, expose: [lan] }"]));
        (await RunAsync("chown", "nobody:nogroup", file)).Expect(0);
        (await home.Command.RunAsync(UpLimit, "up", home.Files.Folder, "-d", "--yes")).Expect(0);

        // Given.
        var given = await AskAsync(home, "POST", "names", $$"""{ "name": "printer", "address": "127.0.0.1", "port": {{engine.Port(33)}} }""", 200);
        Assert.Equal(2, (int?)given["generation"]);
        Assert.Equal(manifest.TrimEnd('\n').Replace("\n\n# the end", $"\nsites:\n  printer: {{ proxy: \"http://127.0.0.1:{engine.Port(33)}\", expose: [\"lan\"] }}\n\n# the end", StringComparison.Ordinal), (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).TrimEnd('\n'));
        Assert.Equal("nobody:nogroup", (await RunAsync("stat", "-c", "%U:%G", file)).Expect(0).Output.Trim());
        Assert.Equal(Here, await DigAsync("printer.home.arpa"));
        Assert.Equal("the printer", await FetchAsync(home, "printer.home.arpa"));
        (await home.PlanAsync()).Expect(0);
        Assert.Equal(["web", "printer"], (await AskAsync(home, "GET", "names", null, 200)).AsArray().Select(name => (string?)name?["name"] ?? ""));

        // Given another place, and one without a port.
        await AskAsync(home, "POST", "names", """{ "name": "printer", "address": "192.168.7.9" }""", 200);
        Assert.Equal("192.168.7.9", await DigAsync("printer.home.arpa"));

        // Refused, and nothing changed.
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await AskAsync(home, "POST", "names", """{ "name": "web", "address": "192.168.7.9" }""", 409);
        await AskAsync(home, "POST", "names", """{ "name": "x: y", "address": "192.168.7.9" }""", 400);
        await AskAsync(home, "POST", "names", """{ "name": "tv", "address": "192.168.7.8", "port": 80, "expose": ["moon"] }""", 400);
        await AskAsync(home, "DELETE", "names?name=web", null, 404);
        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        home.Files.Write("homestack.yaml", before.Replace("records:", "records:\n    other: 10.0.0.1", StringComparison.Ordinal));
        var edited = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await AskAsync(home, "POST", "names", """{ "name": "tv", "address": "192.168.7.8" }""", 409);
        Assert.Equal(edited, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        home.Files.Write("homestack.yaml", before);

        // Taken.
        await AskAsync(home, "DELETE", "names?name=printer", null, 200);
        Assert.Equal("", await DigAsync("printer.home.arpa"));
        (await home.PlanAsync()).Expect(0);
        Assert.Contains("# everybody here", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        printer.Stop();
        await answering;
    }

    private static async Task AnswerAsync(HttpListener printer)
    {
        while (printer.IsListening)
        {
            try
            {
                var context = await printer.GetContextAsync();
                await context.Response.OutputStream.WriteAsync("the printer"u8.ToArray());
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task<JsonNode> AskAsync(Household home, string method, string path, string? body, int status)
    {
        string[] words = ["curl", "--silent", "--unix-socket", EngineAddress.SocketOf(home.Files.StateFolder), "--request", method, "--write-out", "\n%{http_code}", $"http://engine/api/v1/{path}"];
        var result = (await RunAsync([.. words, .. body is null ? [] : new[] { "--data", body }])).Expect(0);
        var lines = result.Output.Split('\n');
        Assert.True(lines[^1] == $"{status}", $"{method} {path} {body}: {result.Output}");
        return JsonNode.Parse(lines[0]) ?? throw new InvalidOperationException(result.Output);
    }

    private async Task<string> DigAsync(string name) =>
        (await RunAsync("dig", "@" + Here, "-p", $"{engine.Port(32)}", name, "+short", "+tries=1", "+time=3")).Expect(0).Output.Trim();

    private async Task<string> FetchAsync(Household home, string name) =>
        (await RunAsync("curl", "--silent", "--max-time", "10", "--cacert", Path.Combine(home.Files.StateFolder, "certificates/authority.pem"), "--resolve", $"{name}:{engine.Port(30)}:{Here}", $"https://{name}:{engine.Port(30)}/")).Output.Trim();

    private static Task<CallResult> RunAsync(params string[] words) => RunningProgram.RunAsync(words, Limit);
}
