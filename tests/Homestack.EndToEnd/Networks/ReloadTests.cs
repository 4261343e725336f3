using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Homestack.EndToEnd.Programs;
using Homestack.Fronts;

namespace Homestack.EndToEnd.Networks;

/// <summary>Snapshot after snapshot while visitors of every kind are there: nobody notices.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed partial class ReloadTests
{
    private const int Sockets = 20;

    private static int Seconds => Figures.IsLong ? 600 : 10;

    private static TimeSpan Pause => TimeSpan.FromMilliseconds(Figures.IsLong ? 550 : 60);

    // The long run asks 2,000 a second, as the goal says; the short one as fast as it can.
    private static string[] Pace => Figures.IsLong ? ["--rps=125"] : [];

    [Fact]
    public async Task Snapshots_are_swapped_under_load_and_nobody_is_failed_or_cut()
    {
        using var backend = new SmallBackend();
        using var echo = new EchoSocketBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port), ("socket", echo.Port));
        using var client = front.Visitor();
        var sockets = await Task.WhenAll(Enumerable.Range(0, Sockets).Select(_ => OpenAsync(front, client)));
        var (swaps, cut, said) = (0, 0, 0);
        var (third, last) = (0.0, 0.0);
        var began = Stopwatch.GetTimestamp();
        await using var http1 = Load(front, "--h1");
        await using var http2 = Load(front, "-m8");
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(Seconds))
        {
            // What is unchanged stays; another route comes and goes.
            var more = Enumerable.Range(0, swaps % 5).Select(number => ($"other{swaps}x{number}", 1));
            front.Client.Serve(IngressSnapshot.Slot, FrontAlone.Bytes(FrontAlone.Ingress(front.Port, [("app", backend.Port), ("socket", echo.Port), .. more])), TestContext.Current.CancellationToken);
            swaps++;
            cut += (await Task.WhenAll(sockets.Select(IsEchoedAsync))).Count(isEchoed => !isEchoed);
            said += sockets.Length;

            third = Stopwatch.GetElapsedTime(began).TotalSeconds < Seconds / 3.0 ? front.Resident : third;
            last = front.Resident;
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }

        var (asked1, failed1) = Counted(await http1.EndAsync(TimeSpan.FromSeconds(Seconds + 30)));
        var (asked2, failed2) = Counted(await http2.EndAsync(TimeSpan.FromSeconds(Seconds + 30)));
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        Figures.Record("R9", string.Create(CultureInfo.InvariantCulture,
            $"{swaps} snapshots in {Seconds} s: HTTP/1.1 {asked1} requests, {failed1} failed; HTTP/2 {asked2}, {failed2} failed; {said} words over {Sockets} WebSockets, {cut} lost; resident {third:0.0} MiB after a third, {last:0.0} at the end, {(last - third) / (swaps * 2 / 3.0) * 100:0.00} MiB per 100"));
        Assert.True(asked1 > 100 && asked2 > 100, $"{asked1} {asked2}");
        Assert.Equal((0, 0, 0), (failed1, failed2, cut));
        Assert.True(swaps > (Figures.IsLong ? 300 : 5), $"{swaps}");
        Assert.True(!Figures.IsLong || (last - third) / (swaps * 2 / 3.0) * 100 <= 1, $"{third} → {last} MiB");
    }

    private static RunningProgram Load(FrontAlone front, string how) => RunningProgram.Start(
        ["h2load", "-c8", how, .. Pace, string.Create(CultureInfo.InvariantCulture, $"-D{Seconds}"), string.Create(CultureInfo.InvariantCulture, $"--connect-to=127.0.0.1:{front.Port}"), front.Url("app")]);

    private static (int Asked, int Failed) Counted(CallResult result)
    {
        var match = Requests().Match(result.Output);
        Assert.True(match.Success, result.ToString());
        int Number(string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
        return (Number("done"), Number("failed") + Number("errored") + Number("timeout"));
    }

    private static async Task<ClientWebSocket> OpenAsync(FrontAlone front, HttpClient client)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new(front.Url("socket").Replace("https", "wss", StringComparison.Ordinal)), client, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<bool> IsEchoedAsync(ClientWebSocket socket)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, true, limit.Token);
            var answer = await socket.ReceiveAsync(new byte[8], limit.Token);
            return answer is { Count: 3, MessageType: WebSocketMessageType.Binary };
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"requests: \d+ total, \d+ started, (?<done>\d+) done, \d+ succeeded, (?<failed>\d+) failed, (?<errored>\d+) errored, (?<timeout>\d+) timeout")]
    private static partial Regex Requests();
}
