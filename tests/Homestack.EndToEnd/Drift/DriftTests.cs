using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Homestack.EndToEnd.Engines;
using Homestack.EndToEnd.Homes;
using Homestack.EndToEnd.Programs;
using Homestack.EndToEnd.Worlds;

namespace Homestack.EndToEnd.Drift;

/// <summary>What hands do to what is ours is seen and mended by the process that watches; what is not ours is not touched.</summary>
public sealed class DriftTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const string Home = "drift";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_kind_of_drift_is_found_within_thirty_seconds_and_mended_and_a_hundred_look_alikes_are_left_alone()
    {
        await engine.ImportAsync("test/app:1", "test/moved:1", "test/other:1");
        using var files = new TemporaryHome();
        var command = new HomestackProcess(files.StateFolder, engine.Address);
        try
        {
            await UpAsync(command, files, "report");
            var digest = (string?)(await Service(0).InspectAsync())["Config"]?["Labels"]?["homestack.digest"] ?? "";
            await LookAlikes.MakeAsync(engine.Api, Home, "test/app:1", digest);
            var others = await LookAlikes.DescribeAsync(engine.Api);
            (await command.RunAsync("plan", files.Folder)).Expect(0);
            var healthy = await OursAsync();

            var found = await FindAllAsync(command);
            Assert.Equal(others, await LookAlikes.DescribeAsync(engine.Api));

            await engine.Api.SendAsync(HttpMethod.Post, "images/test/app:1/tag?repo=test/moved&tag=1");
            await UpAsync(command, files, "repair");
            await CleanAsync();
            Assert.Equal(healthy, await OursAsync());

            await MakeAllAsync();
            var watch = Stopwatch.StartNew();
            await Eventually.BecomesTrueAsync(async () => (await command.RunAsync("plan", files.Folder)).ExitCode == 0 && await OursAsync() == healthy, Limit * 3, "everything is mended");
            Assert.Equal(others, await LookAlikes.DescribeAsync(engine.Api));
            Figures.Record("R6", string.Create(CultureInfo.InvariantCulture,
                $"{DriftKinds.All.Count} kinds of drift made at once, found after at most {found.TotalSeconds:0.0} s, all mended after {watch.Elapsed.TotalSeconds:0.0} s; {LookAlikes.Count} look-alikes, 0 touched"));
        }
        finally
        {
            await command.StopEngineAsync(Signals.Kill);
        }
    }

    /// <summary>Makes every drift, and waits until each is in the status.</summary>
    private async Task<TimeSpan> FindAllAsync(HomestackProcess command)
    {
        await MakeAllAsync();
        var watch = Stopwatch.StartNew();
        var missing = DriftKinds.All.ToList();
        var reported = Array.Empty<string>();
        while (missing.Count > 0)
        {
            var status = (await command.RunAsync("status", "--json")).Expect(2);
            reported = [.. (JsonNode.Parse(status.Output)?["drift"] as JsonArray ?? []).Select(line => (string?)line ?? "")];
            missing.RemoveAll(kind => reported.Any(line => line.StartsWith(Needle(kind), StringComparison.Ordinal)));
            Assert.True(missing.Count == 0 || watch.Elapsed < Limit, $"Not found: {string.Join("; ", missing.Select(kind => $"{kind.Name} ({Needle(kind)})"))}\nFound:\n{string.Join('\n', reported)}");
        }

        return watch.Elapsed;
    }

    private Task MakeAllAsync() => Task.WhenAll(DriftKinds.All.Select((kind, index) => kind.Make(Service(index))));

    private DriftedService Service(int index) => new(engine, Home, "main", Name(index));

    private static string Needle(DriftKind kind)
    {
        var service = $"main/{Name(DriftKinds.All.ToList().IndexOf(kind))}";
        return kind.Reported.Length == 0 ? service + ":" : kind.Reported[0] is '#' or ':' ? service + kind.Reported : kind.Reported;
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"k{index:00}");

    /// <summary>One service for each kind, so that they can all happen at once.</summary>
    private async Task UpAsync(HomestackProcess command, TemporaryHome files, string policy)
    {
        var stack = new StackText();
        foreach (var (index, kind) in DriftKinds.All.Index())
        {
            var isMoved = kind.Lines.Contains("# moved");
            stack.Worker(Name(index), isMoved ? "test/moved:1" : "test/app:1", [.. isMoved ? [] : kind.Lines, .. kind.IsScaled ? new[] { "scale: 2" } : []]);
        }

        files.Write("homestack.yaml", $"homestack: 1\nhome: {Home}\nreconcile: {policy}\nstacks: [stacks/main.yaml]\n");
        files.Write("stacks/main.yaml", stack + "networks: { default: {}, second: {}, lost: {}, opened: { internal: true } }\n");
        (await command.RunAsync(TimeSpan.FromMinutes(3), "up", files.Folder, "-d", "--yes")).Expect(0);
    }

    /// <summary>Takes away what the hands made that is not ours, so that they can make it again.</summary>
    private async Task CleanAsync()
    {
        foreach (var network in (await engine.Api.GetAsync("networks")).AsArray().Select(network => (string?)network?["Name"] ?? "").Where(name => name.StartsWith("somebody-", StringComparison.Ordinal)))
        {
            await engine.Api.SendAsync(HttpMethod.Delete, "networks/" + network);
        }
    }

    /// <summary>The whole world without the look-alikes and what the hands made for themselves. No policy and the policy to do nothing are one.</summary>
    private async Task<string> OursAsync()
    {
        var blocks = (await World.DescribeAsync(engine.Api)).Replace("{\"Name\":\"\",", "{\"Name\":\"no\",", StringComparison.Ordinal).Split('\n').Aggregate(new List<string>(), (list, line) =>
        {
            if (line.StartsWith(' ') && list.Count > 0)
            {
                list[^1] += "\n" + line;
            }
            else
            {
                list.Add(line);
            }

            return list;
        });
        return string.Join('\n', blocks.Where(block => !block.Contains("k00.", StringComparison.Ordinal) && !block.Contains("k00-1.", StringComparison.Ordinal) && !block.Contains("k00_", StringComparison.Ordinal)
            && !block.Contains("k00-old-1.", StringComparison.Ordinal) && !block.StartsWith("network somebody-", StringComparison.Ordinal)));
    }
}
