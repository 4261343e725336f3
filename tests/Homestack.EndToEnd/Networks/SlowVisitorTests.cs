using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Text;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Networks;

/// <summary>Visitors who take their time, or say nothing at all, cost little and disturb nobody.</summary>
[Collection(UndisturbedCollection.Name)]
public sealed class SlowVisitorTests
{
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(10), Opening = TimeSpan.FromMinutes(5);

    private static int Slow => Figures.IsLong ? 10_000 : 300;

    private static int Idle => Figures.IsLong ? 10_000 : 600;

    private static TimeSpan Siege => TimeSpan.FromSeconds(Figures.IsLong ? 120 : 5);

    private static long Large => Figures.IsLong ? 1L << 30 : 128L << 20;

    [Fact]
    public async Task Slow_visitors_disturb_no_good_ones_and_their_connections_come_back()
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        using (var client = front.Visitor())
        {
            await client.GetStringAsync(new Uri(front.Url("app")), TestContext.Current.CancellationToken);
        }

        var (descriptors, resident) = (front.Descriptors, front.Resident);
        var slow = await OpenAsync(front, Slow);
        await using var good = new GoodVisitors(front, "app", 4, HttpVersion.Version11);
        var began = Stopwatch.GetTimestamp();
        for (var turn = 0; Stopwatch.GetElapsedTime(began) < Siege; turn++)
        {
            await Parallel.ForEachAsync(slow.Select((stream, index) => (stream, index)), async (visitor, _) => await TrickleAsync(visitor.stream, visitor.index % 4, turn));
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        var peak = front.Resident;
        await good.EndAsync();
        foreach (var stream in slow)
        {
            await stream.DisposeAsync();
        }

        var back = await Eventually.BecomesTrueAsync(() => Task.FromResult(front.Descriptors <= descriptors + 20), Back, $"the descriptors are back at {descriptors}, now {front.Descriptors}");
        Figures.Record("P3", string.Create(CultureInfo.InvariantCulture,
            $"{slow.Count} slow visitors (head, body, reading, range) for {Siege.TotalSeconds:0} s: {good.Visits} good visits beside them, {good.Failed} failed, p99 {good.Milliseconds99:0} ms; resident {resident:0} → {peak:0} MiB; descriptors back after {back.TotalSeconds:0.0} s"));
        Assert.True(good.Visits > 20 && good.Failed <= good.Visits / 1000, $"{good.Failed} of {good.Visits}: {good.Words}");
    }

    [Fact]
    public async Task Idle_visitors_cost_little_and_no_more_with_time()
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        (await OpenAsync(front, 200)).ForEach(stream => stream.Dispose());
        var before = front.Resident;
        var idle = await OpenAsync(front, Idle);
        var there = front.Resident;
        await Task.Delay(TimeSpan.FromSeconds(Figures.IsLong ? 50 : 2), TestContext.Current.CancellationToken);
        var later = front.Resident;
        using var client = front.Visitor();
        Assert.Equal(5, (await client.GetByteArrayAsync(new Uri(front.Url("app")), TestContext.Current.CancellationToken)).Length);
        idle.ForEach(stream => stream.Dispose());
        Figures.Record("P3 (idle)", string.Create(CultureInfo.InvariantCulture, $"{idle.Count} idle TLS connections: resident {before:0} → {there:0} MiB, {(there - before) * 1024 / idle.Count:0.0} KiB each; {later:0} MiB later"));
        Assert.Equal(Idle, idle.Count);
        Assert.True(later <= there + 16, $"{there} → {later} MiB");
        Assert.True((there - before) * 1024 / idle.Count < 96, $"{before} → {there} MiB for {idle.Count}");
    }

    [Fact]
    public async Task Large_bodies_pass_in_flat_memory()
    {
        using var backend = new SmallBackend();
        await using var front = await FrontAlone.StartAsync(("app", backend.Port));
        await using var tls = await front.SecureAsync("app", SslApplicationProtocol.Http11, TestContext.Current.CancellationToken);
        var buffer = new byte[1 << 16];
        var before = front.Resident;
        await tls.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"POST / HTTP/1.1\r\nHost: app.{FrontAlone.Domain}\r\nContent-Length: {Large}\r\n\r\n")), TestContext.Current.CancellationToken);
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0L; sent < Large; sent += buffer.Length)
        {
            await tls.WriteAsync(buffer, TestContext.Current.CancellationToken);
        }

        Assert.True(await tls.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0);
        var up = Stopwatch.GetElapsedTime(began);
        await tls.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"GET /{Large} HTTP/1.1\r\nHost: app.{FrontAlone.Domain}\r\nConnection: close\r\n\r\n")), TestContext.Current.CancellationToken);
        began = Stopwatch.GetTimestamp();
        var got = 0L;
        for (var count = await tls.ReadAsync(buffer, TestContext.Current.CancellationToken); count > 0; count = await tls.ReadAsync(buffer, TestContext.Current.CancellationToken))
        {
            got += count;
        }

        var down = Stopwatch.GetElapsedTime(began);
        var after = front.Resident;
        Figures.Record("bodies", string.Create(CultureInfo.InvariantCulture, $"{Large >> 20} MiB up in {up.TotalSeconds:0.0} s and down in {down.TotalSeconds:0.0} s: resident {before:0} → {after:0} MiB"));
        Assert.InRange(got, Large, Large + 4096);
        Assert.True(after < before + 64, $"{before} → {after} MiB");
    }

    private static async Task<List<SslStream>> OpenAsync(FrontAlone front, int count)
    {
        var open = new List<SslStream>();
        using var limit = new CancellationTokenSource(Opening);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = limit.Token }, async (_, cancellation) =>
        {
            var tls = await front.SecureAsync("app", SslApplicationProtocol.Http11, cancellation);
            lock (open)
            {
                open.Add(tls);
            }
        });
        return open;
    }

    /// <summary>A letter of a head that never ends; a byte of a body; a large answer that nobody reads; one range after another that nobody reads.</summary>
    private static async Task TrickleAsync(SslStream stream, int kind, int turn)
    {
        var host = $"Host: app.{FrontAlone.Domain}\r\n";
        var words = (kind, turn) switch
        {
            (0, 0) => "GET / HTTP/1.1\r\n" + host,
            (0, _) => "X",
            (1, 0) => "POST / HTTP/1.1\r\n" + host + "Content-Length: 1000000\r\n\r\n",
            (1, _) => "b",
            (2, 0) => "GET /8388608 HTTP/1.1\r\n" + host + "\r\n",
            (3, 0) => "GET /1048576 HTTP/1.1\r\n" + host + "Range: bytes=" + string.Join(',', Enumerable.Range(0, 50).Select(number => $"{number}-{number + 1}")) + "\r\n\r\n",
            _ => "",
        };
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(words), limit.Token);
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException or ObjectDisposedException or NotSupportedException or InvalidOperationException)
        {
            // The front has had enough of this one: as it should.
        }
    }
}
