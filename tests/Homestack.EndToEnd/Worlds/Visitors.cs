using System.Collections.Concurrent;
using System.Diagnostics;

namespace Homestack.EndToEnd.Worlds;

/// <summary>People who keep asking for the same pages on loopback, one after another at each address, and remember every failure.</summary>
internal sealed class Visitors : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10), Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly Task[] visiting;
    private int answers;

    private Visitors(IEnumerable<int> ports) => visiting = [.. ports.Select(port => Task.Run(() => VisitAsync(port)))];

    /// <summary>How many requests were answered.</summary>
    public int Answers => answers;

    /// <summary>Begins to visit; each port must be answering already.</summary>
    public static Visitors At(params IEnumerable<int> ports) => new(ports);

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

    private async Task VisitAsync(int port)
    {
        var watch = Stopwatch.StartNew();
        using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = Patience };
        var page = new Uri($"http://127.0.0.1:{port}/");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await client.GetStringAsync(page);
                Interlocked.Increment(ref answers);
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                failures.Enqueue($"port {port} after {watch.Elapsed.TotalSeconds:0.00} s: {failure.Message}");
            }

            await Task.Delay(Pause);
        }
    }
}
