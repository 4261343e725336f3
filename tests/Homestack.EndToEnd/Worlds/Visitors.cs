using System.Collections.Concurrent;
using System.Diagnostics;

namespace Homestack.EndToEnd.Worlds;

/// <summary>People who keep asking for the same pages, one request after another at each page, and remember every failure.</summary>
internal sealed class Visitors : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10), Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly Task[] visiting;
    private int answers;

    private Visitors(IEnumerable<Uri> pages) => visiting = [.. pages.Select(page => Task.Run(() => VisitAsync(page)))];

    /// <summary>How many requests were answered.</summary>
    public int Answers => answers;

    /// <summary>Begins to visit; each page must be answering already.</summary>
    public static Visitors At(params IEnumerable<Uri> pages) => new(pages);

    /// <summary>The front page at a port on loopback.</summary>
    public static Uri Page(int port) => new($"http://127.0.0.1:{port}/");

    /// <summary>Ends the visits; what failed, in order, with the second when it did.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(visiting);
        return [.. failures];
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stop.Dispose();
    }

    private async Task VisitAsync(Uri page)
    {
        var watch = Stopwatch.StartNew();
        using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = Patience };
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await client.GetStringAsync(page);
                Interlocked.Increment(ref answers);
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                failures.Enqueue($"{page} after {watch.Elapsed.TotalSeconds:0.00} s: {failure.Message}");
            }

            await Task.Delay(Pause);
        }
    }
}
