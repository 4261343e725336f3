using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Primitives;

namespace Homestack.Front.Tests;

/// <summary>The slot of blocklists: whom they are for, what is refused, and a million names swapped under load.</summary>
public sealed partial class BlocklistTests
{
    private const int Refused = 5, NoSuchName = 3, ServerFailure = 2;

    private readonly int port = FrontUnderTest.FreePort();

    [Fact]
    public async Task Lists_come_apart_from_names_in_any_order_and_survive_a_restart()
    {
        await using var front = new FrontUnderTest();
        await front.RunAsync();
        var all = await WriteAsync(front, "all", "all.example\n@@||good.all.example^\n");
        var lan = await WriteAsync(front, "lan", "0.0.0.0 lan.example\n");
        var client = await WriteAsync(front, "client", "||client.example^\n");
        await front.TakenAsync(BlocklistsSnapshot.Slot, Lists(("all", all), ("lan", lan)));
        await front.TakenAsync(NamesSnapshot.Slot, Names(new("all", [], []), new("lan", ["lan"], []), new("client", [], [FrontUnderTest.Vpn])));

        async Task AllAsync(int ofClient)
        {
            Assert.Equal(NoSuchName, await CodeAsync("x.all.example", FrontUnderTest.Lan));
            Assert.Equal(ServerFailure, await CodeAsync("good.all.example", FrontUnderTest.Lan));
            Assert.Equal(ServerFailure, await CodeAsync("allowed.all.example", FrontUnderTest.Lan));
            Assert.Equal(NoSuchName, await CodeAsync("lan.example", FrontUnderTest.Lan));
            Assert.Equal(ServerFailure, await CodeAsync("lan.example", FrontUnderTest.Vpn));
            Assert.Equal(ofClient, await CodeAsync("client.example", FrontUnderTest.Vpn));
            Assert.Equal(ServerFailure, await CodeAsync("client.example", FrontUnderTest.Lan));
            Assert.Equal(Refused, await CodeAsync("all.example", FrontUnderTest.Public));
        }

        await AllAsync(ServerFailure);
        await front.TakenAsync(BlocklistsSnapshot.Slot, Lists(("all", all), ("lan", lan), ("client", client)));
        await AllAsync(NoSuchName);
        var report = await front.NamesAsync();
        Assert.Equal(("anonymous", 0, 1, 1), (report.Log, report.TopClients.Count, report.Lists["all"], report.Lists["lan"]));
        Assert.Equal(("lan.example", 2), (report.TopBlocked[0].Name, report.TopBlocked[0].Count));
        Assert.Equal((16, 5), (report.Questions, report.Blocked));
        Assert.True(report.Counted == 16 && report.Newest.All(question => question.Client.Length == 0) && report.Newest[0].Answer == "REFUSED");
        await front.StopAsync();
        await front.RunAsync();
        await AllAsync(NoSuchName);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_another_is_refused_and_the_lists_before_go_on()
    {
        await using var front = new FrontUnderTest();
        await front.RunAsync();
        var all = await WriteAsync(front, "all", "all.example\n");
        await front.TakenAsync(NamesSnapshot.Slot, Names(new NameBlocklist("all", [], [])));
        await front.TakenAsync(BlocklistsSnapshot.Slot, Lists(("all", all)));
        foreach (var bad in new[] { all with { Digest = new string('0', 64) }, new BlocklistFile("/nowhere", new string('2', 64)), new BlocklistFile("/dev/zero", new string('1', 64)) })
        {
            var (status, answer) = await front.PutAsync(BlocklistsSnapshot.Slot, FrontUnderTest.Bytes(Lists(("all", bad))));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.DoesNotContain("HS9001", answer?.Problem, StringComparison.Ordinal);
            Assert.Equal(NoSuchName, await CodeAsync("all.example", FrontUnderTest.Lan));
        }
    }

    [Fact]
    public async Task A_million_names_are_swapped_while_every_question_is_answered()
    {
        await using var front = new FrontUnderTest();
        await front.RunAsync();
        await front.TakenAsync(NamesSnapshot.Slot, Names(new NameBlocklist("all", [], [])));
        var text = new StringBuilder();
        for (var number = 0; number < 1_000_000; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"||ad{number}.tracker{number % 1000}.example^\n");
        }

        var big = await WriteAsync(front, "big", text.ToString());
        var other = await WriteAsync(front, "other", text.Append("||one.more.example^\n").ToString());
        text.Clear();
        await File.WriteAllTextAsync(Path.Combine(front.Folder, "questions"), "nas.home.test A\n", TestContext.Current.CancellationToken);
        using var load = Process.Start(new ProcessStartInfo("dnsperf", ["-s", "127.0.0.1", "-p", $"{port}", "-a", FrontUnderTest.Lan, "-d", Path.Combine(front.Folder, "questions"), "-l", "8", "-Q", "900", "-c", "4", "-t", "2"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("dnsperf did not start.");
        var reading = load.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var took = new List<TimeSpan>();
        for (var swap = 0; swap < 3; swap++)
        {
            var started = Stopwatch.GetTimestamp();
            await front.TakenAsync(BlocklistsSnapshot.Slot, Lists(("all", swap % 2 == 0 ? big : other)));
            took.Add(Stopwatch.GetElapsedTime(started));
            Assert.Equal(NoSuchName, await CodeAsync("x.ad77.tracker77.example", FrontUnderTest.Lan));
            Assert.Equal(ServerFailure, await CodeAsync("ad78.tracker77.example", FrontUnderTest.Lan));
        }

        var output = await reading;
        Console.WriteLine($"a million names served after {took[0].TotalMilliseconds:F0}, {took[1].TotalMilliseconds:F0}, {took[2].TotalMilliseconds:F0} ms; dnsperf: {Lost().Match(output).Value}, {Completed().Match(output).Value}, {Latency().Match(output).Value}");
        Assert.Contains("Queries lost:         0 ", output, StringComparison.Ordinal);
        Assert.True(int.Parse(Completed().Match(output).Groups[1].Value, CultureInfo.InvariantCulture) > 4000, output);
    }

    private static async Task<BlocklistFile> WriteAsync(FrontUnderTest front, string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var path = Path.Combine(front.Folder, name + ".txt");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return new(path, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static BlocklistsSnapshot Lists(params (string Source, BlocklistFile File)[] lists) => new(lists.ToValueMap(list => list.Source, list => list.File));

    private NamesSnapshot Names(params NameBlocklist[] lists) => new()
    {
        Listen = [$"127.0.0.1:{port}"],
        Views = new Dictionary<string, ValueList<Cidr>> { ["lan"] = [FrontUnderTest.Block("127.0.0.2/32")], ["vpn"] = [FrontUnderTest.Block("127.0.0.3/32")] }.ToValueMap(),
        Zones = [new("home.test", [new("nas.home.test", "A", "10.0.0.1", 60, [])])],
        Upstreams = ["tcp://127.0.0.1:9"],
        Blocklists = [.. lists],
        Allowed = ["allowed.all.example"],
    };

    private async Task<int> CodeAsync(string name, string from) => (await new NamesTests(port).AskAsync(name, from)).Code;

    [GeneratedRegex(@"Queries lost:\s+(\d+)")]
    private static partial Regex Lost();

    [GeneratedRegex(@"Queries completed:\s+(\d+)")]
    private static partial Regex Completed();

    [GeneratedRegex(@"Average Latency.*")]
    private static partial Regex Latency();
}
